"""All of one kind of the daily work, for whoever works on it: what is late first, and whose move each is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.markup import Mrkdwn, escaped
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.slack.screens.entrylook import Look
from bot.slack.screens.entrywords import choice, kind_name, named, points_of
from bot.slack.screens.pathway import drawn_path, next_of
from bot.words import Words
from triage.aims.asked import ASKED, linked_points
from triage.aims.cycle import PROGRAMME
from triage.aims.kinds import Kind

OPEN, OVER = 25, 10


def work_view(
    voice: Voice,
    kind: Kind,
    looks: tuple[Sequence[Look], Sequence[Look]],
    today: date,
    *,
    root: str,
    ways: Sequence[b.Element] = (),
) -> dict[str, Any]:
    """`looks`: what is open and what is over, each in its order. `ways`: into what is new."""
    words = voice.words
    still, over = looks
    drawn: list[b.Block] = [b.section(words.line(f"aims.why.{kind.id}"))]
    drawn += [b.context(points_of(words, kind.points))] if kind.points else []
    drawn += [b.actions(ways)] if ways else []
    drawn.append(b.section(_counted(words, still, over, today)))
    for number, look in enumerate(still[:OPEN]):
        drawn += _row(voice, look, today, number)
    drawn += _more(words, len(still) - OPEN)
    if over:
        drawn += [b.divider(), b.section(words.line("aims.work.over_head"))]
    for number, look in enumerate(over[:OVER], OPEN):
        drawn.append(_over(voice, look, number))
    drawn += _more(words, len(over) - OVER)
    title = kind_name(words, kind.id)
    return modal(words, View.SYSTEM_KIND, title, drawn, about=f"{kind.id}|{root}")


def add_button(words: Words, kind: Kind) -> b.Element:
    spoken = words.label("spoken.act", act=words.label("aims.add"), what=kind_name(words, kind.id))
    return b.button(Action.STATE_ENTRY, words.label("aims.add"), to_value(Press(case=kind.id)), spoken=spoken)


def programme_button(words: Words) -> b.Element:
    """Audits are planned by what none of them covers yet."""
    return b.button(Action.SYSTEM_KIND, words.label("cycle.open"), to_value(Press(case=PROGRAMME)))


def _counted(words: Words, still: Sequence[Look], over: Sequence[Look], today: date) -> Mrkdwn:
    late = sum(_is_late(each, today) for each in still)
    waits = sum(each.counts is None and each.waits is not None for each in still)
    parts = [words.line("aims.work.open", count=len(still)) if still else words.line("aims.work.none")]
    parts += [words.line("aims.work.late", count=late)] if late else []
    parts += [words.line("aims.some_wait", count=waits)] if waits else []
    parts += [words.line("aims.work.over", count=len(over))] if over else []
    return words.line("entry.bold", what=Mrkdwn(", ".join(parts)))


def _is_late(look: Look, today: date) -> bool:
    return look.move is not None and look.move.due is not None and look.move.due < today


def _row(voice: Voice, look: Look, today: date, number: int) -> list[b.Block]:
    words, entry = voice.words, look.entry
    what = named(words, entry, look.counts or look.waits)
    head = words.line("aims.work.row_head", ref=entry.ref, what=what)
    lines = (head, _about(voice, look, today), drawn_path(words, entry), next_of(voice, entry, look.move))
    return [b.section(Mrkdwn("\n".join(filter(None, lines))), _look(words, look, what, number))]


def _about(voice: Voice, look: Look, today: date) -> Mrkdwn:
    """Whose it is and to what it is linked, how heavy it is, and how late."""
    words, parts = voice.words, []
    if look.entry.kind in ASKED:
        parts += [escaped(each) for each in (str(look.entry.said("whose")), *linked_points(look.entry))]
    field, weight = look.entry.of.field("weight"), look.entry.said("weight")
    if field is not None and weight:
        parts.append(escaped(choice(words, field, str(weight))))
    if _is_late(look, today) and look.move is not None and look.move.due is not None:
        parts.append(words.line("aims.work.days_late", count=(today - look.move.due).days))
    return Mrkdwn(" · ".join(parts))


def _over(voice: Voice, look: Look, number: int) -> b.Block:
    words, entry = voice.words, look.entry
    what = named(words, entry, look.counts or look.waits)
    state = words.label(f"aims.over.{entry.state}")
    day = words.day(entry.steps[-1].at.date())
    text = words.line("aims.work.row_over", ref=entry.ref, what=what, state=state, day=day)
    return b.section(text, _look(words, look, what, number))


def _look(words: Words, look: Look, what: str, number: int) -> b.Element:
    press = to_value(Press(case="", choice=look.entry.id))
    spoken = words.label("spoken.act", act=words.label("aims.look"), what=what)
    return b.button(Action.READ_ENTRY, words.label("aims.look"), press, number=number, spoken=spoken)


def _more(words: Words, left: int) -> list[b.Block]:
    return [b.context(words.line("aims.more_of_them", count=left))] if left > 0 else []
