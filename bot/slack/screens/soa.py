"""The statement of applicability in a window: each control with its state, the undecided first; and its approval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from bot.applicability import Named, has_moved, left_out, standing
from bot.markup import Mrkdwn, cut, escaped, one_line
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Voice
from bot.soafile import summed
from bot.words import Words
from triage.aims.applied import Applied, Statement
from triage.aims.standard import groups

BECAUSE = 160
SHOWN = 60
"""So many rows of a change are shown with their words; of more, a page or a file tells."""
HOME_BLOCKS = 3


class Part(NamedTuple):
    """What the reader may do with the whole. `waits`: the number of the version that waits for a yes, 0 for none."""

    decides: bool = False
    asks: bool = False
    approves: bool = False
    waits: int = 0


class Progress(NamedTuple):
    """For Home: so many of Annex A are decided, whether a version waits, and whether one counts."""

    decided: int
    whole: int
    waits: bool = False
    approved: bool = False


def home_blocks(words: Words, found: Progress) -> list[b.Block | None]:
    key = "waits" if found.waits else "counts" if found.approved else "never"
    said = words.line("soa.home", decided=found.decided, whole=found.whole)
    text = words.line("soa.home_both", said=said, more=words.line(f"soa.home_{key}"))
    open_it = b.button(Action.SOA, words.label("button.soa"), to_value(Press(case="")))
    return [b.divider(), b.header(words.label("soa.title")), b.section(text, open_it)]


def list_view(
    voice: Voice, made: Statement, named: Named, part: Part, told: str = "", *, at: datetime | None
) -> dict[str, Any]:
    """`at`: as of when it is said what operation suggests; None where that is still worked out."""
    words = voice.words
    undecided = [row for row in made.rows if row.decided is None]
    decided = [row for row in made.rows if row.decided is not None]
    drawn: list[b.Block | None] = [
        b.section(told) if told else None,
        *b.sections(lines(words, made, named)),
        b.context(escaped(summed(words, made))),
        b.context(as_of(words, at)),
        b.actions(row) if (row := _ways(words, made, part, len(undecided))) else None,
    ]
    for head, rows in (("soa.first", undecided), ("soa.then", decided)):
        if rows:
            drawn += [b.divider(), b.header(words.label(head, count=len(rows)))]
            drawn += _grouped(voice, rows, named, part)
    return modal(words, View.SOA, words.label("modal.soa"), drawn)


def lines(words: Words, made: Statement, named: Named) -> Mrkdwn:
    """How the whole stands."""
    return Mrkdwn("\n".join(escaped(each) for each in standing(words, made, named)))


def as_of(words: Words, at: datetime | None) -> Mrkdwn:
    """How old the suggestions are; where there are none yet, that there will be."""
    return words.line("soa.suggested_at", at=words.moment(at)) if at else words.line("soa.not_suggested_yet")


def _ways(words: Words, made: Statement, part: Part, undecided: int) -> list[b.Element]:
    """What leads on: the undecided, a yes for the whole, or to see it given."""
    nothing = to_value(Press(case=""))
    row: list[b.Element] = []
    if part.approves and part.waits:
        row.append(b.button(Action.SOA_LOOK, words.label("button.soa_look"), nothing, style="primary"))
    if part.decides and undecided:
        label = words.label("button.soa_go_through", count=undecided)
        row.append(b.button(Action.SOA_NEXT, label, nothing, style="" if row else "primary"))
    if part.asks and not undecided and not made.is_approved and made.waiting != made.digest:
        row.append(
            b.button(
                Action.SOA_ASK,
                words.label("button.soa_ask"),
                to_value(Press(case=made.digest)),
                style="primary",
            )
        )
    if part.decides:
        row.append(b.button(Action.SOA_OWN, words.label("button.soa_own"), nothing))
    return row


def _grouped(voice: Voice, rows: Sequence[Applied], named: Named, part: Part) -> list[b.Block]:
    words = voice.words
    drawn: list[b.Block] = []
    for group, found in groupby(rows, key=lambda each: each.group):
        title = groups().get(group) or words.label("soa.own")
        drawn.append(b.context(words.line("entry.bold", what=f"{group} {title}".strip())))
        drawn += [_row(voice, each, part) for each in found]
    return drawn


def _row(voice: Voice, row: Applied, part: Part) -> b.Block:
    words = voice.words
    name = words.line("entry.bold", what=cut(one_line(f"{row.control} {row.title}"), 90))
    label = words.label("button.soa_decide" if part.decides and row.decided is None else "button.soa_open")
    button = b.button(
        Action.SOA_SHOW,
        label,
        to_value(Press(case="", choice=row.control)),
        spoken=words.label("spoken.soa_open", control=row.control, title=row.title),
    )
    return b.section(Mrkdwn(f"{name}\n{_state(voice, row)}"), button)


def _state(voice: Voice, row: Applied) -> Mrkdwn:
    words, found = voice.words, row.decided
    if found is None:
        if row.proposal is None:
            return words.line("soa.applies.undecided")
        return words.line(
            "soa.suggested", what=words.line(f"soa.proposes.{row.proposal.applies or 'unsure'}")
        )
    told = [words.line(f"soa.applies.{found.applies}")]
    told += [words.line(f"soa.state.{found.state}")] if found.state else []
    told += [voice.mention(found.owner)] if found.owner else []
    text = Mrkdwn(" · ".join(told))
    return Mrkdwn(f"{text}\n{words.line('soa.is_stale')}") if row.stale else text


# -- the yes of top management


def approve_view(
    voice: Voice, made: Statement, named: Named, waits: int, *, at: datetime | None
) -> dict[str, Any]:
    """What changed since the version that counts, in the words of whoever decided it; then a yes, or why not."""
    words = voice.words
    rows = [row for row in made.rows if row.changed or made.approved is None]
    gone = [each for each in made.changed if made.row(each) is None]
    head = "soa.approve_first" if made.approved is None else "soa.approve_changed"
    drawn: list[b.Block | None] = [
        b.section(words.line(head, count=len(rows) + len(gone))),
        b.context(escaped(summed(words, made))),
        b.context(as_of(words, at)),
        *b.sections(Mrkdwn("\n".join(_changed(voice, row, named) for row in rows[:SHOWN]))),
        b.context(words.line("soa.and_more", count=len(rows) - SHOWN)) if len(rows) > SHOWN else None,
        b.section(words.line("soa.gone", controls=words.listed(gone))) if gone else None,
        b.divider(),
        b.field(
            Field.SOA_RULING,
            words.label("field.soa_ruling"),
            b.radio(
                Input.VALUE,
                [b.option(words.label(f"soa.ruling.{each}"), each) for each in ("approve", "send_back")],
            ),
        ),
        b.field(
            Field.REASON, words.label("field.soa_reason"), b.typed(longest=2000), optional=True,
            hint=words.label("field.soa_reason_hint"),
        ),
    ]  # fmt: skip
    title, submit = words.label("modal.soa"), words.label("submit.soa")
    return modal(words, View.SOA_APPROVE, title, drawn, submit=submit, about=f"{waits}|{made.waiting}")


def _changed(voice: Voice, row: Applied, named: Named) -> str:
    words, found = voice.words, row.decided
    name = words.line("entry.bold", what=cut(one_line(f"{row.control} {row.title}"), 90))
    if found is None:
        return words.line(
            "soa.changed_row", control=name, applies=words.line("soa.applies.undecided"), because=""
        )
    because = cut(one_line(found.because), BECAUSE)
    beside = left_out(words, row, named)
    said = words.line(
        "soa.changed_row",
        control=name,
        applies=words.line(f"soa.applies.{found.applies}"),
        because=f"{because} {beside}".strip(),
    )
    return f"{said}\n{words.line('soa.is_stale')}" if row.stale else said


def moved_lines(words: Words, row: Applied) -> Mrkdwn:
    return _bullets(has_moved(words, each) for each in row.moved)


def _bullets(texts: Iterable[str]) -> Mrkdwn:
    return Mrkdwn("\n".join(f"• {escaped(one_line(each))}" for each in texts))


# -- messages


def asks_for_yes(voice: Voice, by: str, changed: int, first: bool) -> Message:
    """To whoever may approve the whole; where the button leads, it is shown as it stands then."""
    words = voice.words
    key = "soa.asked_first" if first else "soa.asked"
    text = words.line(key, by=voice.mention(by), count=changed)
    button = b.button(
        Action.SOA_LOOK, words.label("button.soa_look"), to_value(Press(case="")), style="primary"
    )
    return message(words, text, [b.section(text), b.actions([button])])


def came_to(voice: Voice, by: str, approved: bool, why: str) -> Message:
    """To whoever asked for it."""
    words = voice.words
    key = "soa.was_approved" if approved else "soa.was_sent_back"
    text = words.line(key, by=voice.mention(by), reason=cut(one_line(why), 600))
    button = b.button(Action.SOA, words.label("button.soa"), to_value(Press(case="")))
    return message(words, text, [b.section(text), b.actions([button])])


def yours(voice: Voice, controls: Sequence[str]) -> Message:
    """To whoever is named as meeting controls, once with the yes to the whole."""
    words = voice.words
    named = words.listed(escaped(one_line(each)) for each in controls[:SHOWN])
    text = words.line("soa.yours", count=len(controls), controls=named)
    return message(words, text, [b.section(text)])
