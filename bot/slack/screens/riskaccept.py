"""What remains of a risk, with all that its acceptance rests on; and an action of its plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from bot.markup import Mrkdwn, cut, one_line
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Voice
from bot.slack.screens.entrywords import choice, named, value
from bot.slack.screens.riskform import fields, scale_of
from bot.slack.screens.risks import state_of
from bot.words import upfirst
from triage.aims.differing import lines_of
from triage.aims.entry import Entry
from triage.aims.risk import NOW, Standing
from triage.aims.risks import Authority

SHOWN, LINE = 8, 300


class Remaining(NamedTuple):
    """A risk as it is accepted. `people`: who may; `rests`, `facts`: digests of what is shown; `last`: the last day."""

    entry: Entry
    standing: Standing
    authority: Authority
    people: Sequence[str]
    actions: Sequence[Entry]
    last: date
    rests: str
    facts: str


def to_about(left: Remaining) -> str:
    return f"{left.entry.id}|{left.entry.version}|{left.rests}|{left.facts}"


def accept_view(voice: Voice, left: Remaining, note: str = "") -> dict[str, Any]:
    words = voice.words
    drawn: list[b.Block | None] = [
        b.section(note) if note else None,
        b.section(words.line("risks.head", what=named(words, left.entry), ref=left.entry.ref)),
        *b.sections(Mrkdwn("\n".join(_rests(voice, left)))),
        b.section(_authority(voice, left)),
        b.divider(),
        b.field(
            Field.UNTIL,
            words.label("field.risk_until"),
            b.day(Input.VALUE, words.label("placeholder.day")),
            hint=words.label("field.risk_until_hint", day=words.day(left.last)),
        ),
        b.field(
            Field.REASON,
            words.label("field.risk_why"),
            b.typed(longest=2000, placeholder=words.label("aims.example.accepted")),
        ),
        b.context(words.line("risks.accept_follows")),
    ]
    title, submit = words.label("modal.risk_accept"), words.label("aims.act.accepted")
    return modal(words, View.RISK_ACCEPT, title, drawn, submit=submit, about=to_about(left))


def _rests(voice: Voice, left: Remaining) -> Iterator[str]:
    """The figures, then what is done about it."""
    words, now, said = voice.words, left.standing, left.entry.in_force.said if left.entry.in_force else {}
    level = words.label(f"risks.level.{now.now}")
    marks = [_mark(voice, name, str(said[name])) for name in NOW]
    yield words.line("risks.remains", level=level, likelihood=marks[0], impact=marks[1])
    yield words.line(
        "risks.beside",
        before=words.label(f"risks.level.{now.inherent}"),
        after=words.label(f"risks.level.{now.after}"),
    )
    yield words.line("risks.is_within" if now.within else "risks.is_beyond")
    for name in ("scenario", "controls_now", "treatment", "plan", "uses"):
        (field,) = fields((name,))
        lines = lines_of(said.get(name))
        shown = [
            value(voice, field, line if field.kind == "refs" else cut(one_line(line), LINE))
            for line in lines[:SHOWN]
        ]
        if shown:
            yield words.line("risks.said", field=words.label(f"risks.short.{name}"), said=words.listed(shown))
        elif name == "controls_now":
            yield words.line("risks.no_controls")
    for each in left.actions[:SHOWN]:
        yield action_line(voice, each)
    if now.accepted != "none":
        yield state_of(voice, now)


def _mark(voice: Voice, name: str, number: str) -> str:
    (field,) = fields((name,))
    found = next((each for each in scale_of(field) if str(each.number) == number), None)
    return f"{choice(voice.words, field, number)} ({found.words})" if found is not None else number


def action_line(voice: Voice, action: Entry) -> Mrkdwn:
    words = voice.words
    about = {"what": named(words, action), "ref": action.ref, "by": voice.mention(action.owner or "")}
    if action.stage:
        return words.line(f"risks.doing.{action.stage}", **about)
    return words.line("risks.doing.open", **about, day=words.day(action.due) if action.due else "")


def _authority(voice: Voice, left: Remaining) -> Mrkdwn:
    words = voice.words
    return words.line(
        "risks.authority",
        level=words.label(f"risks.level.{left.standing.now}"),
        roles=words.listed((words.line(f"role_name.{each}") for each in left.authority.roles), "or"),
        people=words.listed(map(voice.mention, left.people[:SHOWN]), "or"),
        months=left.authority.months,
    )


def note_of(
    voice: Voice, standing: Standing | None, actions: Sequence[Entry], *, ended: bool = False
) -> Mrkdwn:
    """Above a risk that is read: how it stands, and what is being done. `ended`: its uses have."""
    words = voice.words
    lines: list[Mrkdwn] = []
    if standing is not None:
        levels = {name: words.label(f"risks.level.{getattr(standing, name)}") for name in ("now", "after")}
        key = "risks.stays" if standing.now == standing.after else "risks.moves"
        lines.append(Mrkdwn(f"{upfirst(words.line(key, **levels))}. {state_of(voice, standing)}"))
    lines += [words.line("risks.may_close")] if ended else []
    lines += [action_line(voice, each) for each in actions[:SHOWN]]
    return Mrkdwn("\n".join(lines))


def action_view(voice: Voice, entry: Entry) -> dict[str, Any]:
    """Filled with the plan; whoever hands it in says whose it is and until when."""
    words = voice.words
    plan = cut(one_line(str(entry.said("plan") or "")), 200)
    picked = b.person(Input.VALUE, words.label("placeholder.person"))
    due = b.day(Input.VALUE, words.label("placeholder.day"))
    drawn = [
        b.section(words.line("risks.action_for", what=named(words, entry), ref=entry.ref)),
        b.field(
            Field.GAP_TITLE, words.label("field.gap_title"), b.typed(text=plan, longest=200, lines=False)
        ),
        b.field(Field.GAP_SUCCESS, words.label("field.gap_success"), b.typed(longest=2000)),
        b.field(Field.PERSON, words.label("field.gap_owner"), picked),
        b.field(Field.DUE, words.label("field.gap_due"), due),
    ]
    title, submit = words.label("modal.risk_action"), words.label("submit.gap_action")
    return modal(words, View.RISK_ACTION, title, drawn, submit=submit, about=entry.id)


def told_stale(voice: Voice, entry: Entry, standing: Standing, able: Sequence[str]) -> Message:
    """To its owner and to whoever accepted it."""
    words = voice.words
    about = {"what": named(words, entry), "ref": entry.ref, "by": voice.mention(standing.accepted_by)}
    if able:
        who = words.listed(map(voice.mention, able[:SHOWN]), "or")
        text = words.line("risks.told_stale", **about, able=who)
    else:
        level = words.label(f"risks.level.{standing.now}")
        text = words.line("risks.told_stale_nobody", **about, level=level)
    press = to_value(Press(case="", choice=entry.id))
    button = b.button(Action.READ_ENTRY, words.label("aims.look"), press)
    return message(words, text, [b.section(text), b.actions([button])])
