"""The calendar of the management system in a window: what is next, what was skipped, what comes, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from bot import agenda
from bot.markup import Mrkdwn, escaped
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.words import Words
from triage.aims.agenda import Dated
from triage.aims.certification import CERTIFICATION
from triage.aims.certifying import planned, unheld
from triage.aims.entry import Entry
from triage.aims.ready import Record, ready

PAGE = 12
BAR = 12


class Seen(NamedTuple):
    """`way`: the plan of a certification, if there is one; `drafts`: this person may state one."""

    found: Sequence[Dated]
    today: date
    way: Entry | None
    drafts: bool
    record: Record


def agenda_button(words: Words) -> b.Element:
    """The one way in, for whoever may look."""
    return b.button(Action.AGENDA, words.label("agenda.open"), to_value(Press(case="")))


def agenda_view(voice: Voice, seen: Seen, turn: int = 0) -> dict[str, Any]:
    """`turn`: which page, counted from nought; behind the last comes the last."""
    words = voice.words
    late, ahead = agenda.of(seen.found, "late"), agenda.of(seen.found, "ahead")
    rows = [*late, *ahead]
    turn = max(0, min(turn, (len(rows) - 1) // PAGE))
    drawn: list[b.Block | None] = []
    if not turn:
        drawn += [_next(voice, ahead, seen.today), *_way(voice, seen), b.divider()]
    state = ""
    for number, each in enumerate(rows[turn * PAGE : (turn + 1) * PAGE]):
        if each.state != state:
            state = each.state
            head = "agenda.skipped" if state == "late" else "agenda.ahead"
            drawn.append(b.header(words.label(head, count=len(late))))
        drawn.append(b.section(_row(voice, each, seen.today), _look(words, each, number)))
    steps = []
    if turn:
        steps.append(_step(words, "home_earlier", turn - 1, 0))
    if (turn + 1) * PAGE < len(rows):
        steps.append(_step(words, "home_next", turn + 1, 1))
    drawn += [b.actions(steps) if steps else None, b.context(words.line("agenda.foot"))]
    return modal(words, View.AGENDA, words.label("agenda.title"), drawn)


def _next(voice: Voice, ahead: Sequence[Dated], today: date) -> b.Block:
    words = voice.words
    if not ahead:
        return b.section(words.line("agenda.nothing_next"))
    each = ahead[0]
    who = _who(voice, each)
    facts = {"what": agenda.what(words, each), "day": words.day(each.day)}
    told = words.line(
        "agenda.next",
        **facts,
        when=agenda.when(words, each, today),
        who=words.line("agenda.comma", who=who) if who else "",
    )
    return b.section(told)


def _way(voice: Voice, seen: Seen) -> list[b.Block | None]:
    """How far the way to the next audit from outside is, or the way to plan one."""
    words, way = voice.words, seen.way
    if way is None or way.in_force is None:
        if not seen.drafts or way is not None:
            return []
        press = to_value(Press(case=CERTIFICATION))
        plan = b.button(Action.STATE_ENTRY, words.label("agenda.plan_it"), press)
        return [b.section(words.line("agenda.way_none"), plan)]
    body = str(way.said("body") or "")
    title = words.label("agenda.by_body", body=body) if body else words.label("agenda.certification")
    stage = next(iter(unheld(way)), None)
    button = b.button(Action.READ_ENTRY, words.label("aims.look"), to_value(Press(case="", choice=way.id)))
    if stage is None:
        return [b.section(words.line("agenda.way_held", title=title), button)]
    wanted = [each for each in planned(way) if each.stage == stage.id]
    met = sum(ready(each, way, seen.record).met for each in wanted)
    day = words.day(stage.day)
    full = round(BAR * met / len(wanted)) if wanted else 0
    text = words.line(
        "agenda.way",
        title=title,
        stage=words.label(f"aims.stage.{stage.id}"),
        day=day if stage.agreed else words.label("agenda.unsure", day=day),
        bar="█" * full + "░" * (BAR - full),
        ready=met,
        count=len(wanted),
    )
    return [b.section(text, button)]


def _row(voice: Voice, each: Dated, today: date) -> Mrkdwn:
    words = voice.words
    said = [part for part in (_who(voice, each), *_more(words, each)) if part]
    return words.line(
        "agenda.row",
        day=words.day(each.day),
        what=agenda.what(words, each),
        more=Mrkdwn("; ".join(map(str, (escaped(agenda.when(words, each, today)), *said)))),
    )


def _who(voice: Voice, each: Dated) -> Mrkdwn:
    words = voice.words
    if each.person:
        return words.line("agenda.for", who=voice.mention(each.person))
    return words.line("agenda.for", who=words.line(f"role_name.{each.role}")) if each.role else Mrkdwn("")


def _more(words: Words, each: Dated) -> list[Mrkdwn]:
    nobody = each.model_copy(update={"person": "", "role": ""})
    return [escaped(part) for part in agenda.more(words, nobody)]


def _look(words: Words, each: Dated, number: int) -> b.Element:
    spoken = words.label("agenda.spoken", what=agenda.what(words, each))
    press = to_value(Press(case="", choice=each.entry))
    return b.button(Action.READ_ENTRY, words.label("aims.look"), press, number=number + 1, spoken=spoken)


def _step(words: Words, label: str, turn: int, number: int) -> b.Element:
    press = to_value(Press(case="", turn=turn))
    return b.button(Action.AGENDA_PAGE, words.label(f"button.{label}"), press, number=number)
