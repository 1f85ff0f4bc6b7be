"""Which points of the standard the audits of three years cover, above the programme; what none covers comes first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.auditreport import chapter
from bot.markup import Mrkdwn
from bot.words import Words
from triage.aims.cycle import Cycle, by_chapter

WIDE = 35
"""Signs of the bar: one for every two points."""


def cycle_note(words: Words, found: Cycle) -> Mrkdwn:
    days = {"since": words.day(found.since), "until": words.day(found.until)}
    parts = [words.line("cycle.head", **days), _bar(words, found)]
    parts += _points(words, "cycle.uncovered", found.uncovered) or [words.line("cycle.whole")]
    parts += _points(words, "cycle.planned", found.planned)
    parts += _points(words, "cycle.held", found.held)
    if not (found.planned or found.held):
        parts.append(words.line("cycle.none"))
    return Mrkdwn("\n".join(parts))


def _bar(words: Words, found: Cycle) -> Mrkdwn:
    held, planned, uncovered = (len(each) for each in (found.held, found.planned, found.uncovered))
    every = held + planned + uncovered
    full = held * WIDE // every
    half = (held + planned) * WIDE // every - full
    bar = "█" * full + "▒" * half + "░" * (WIDE - full - half)
    return words.line("cycle.bar", bar=bar, held=held, planned=planned, uncovered=uncovered, all=every)


def _points(words: Words, head: str, points: Sequence[str]) -> list[Mrkdwn]:
    rows = [
        words.line("cycle.chapter", title=chapter(words, number), points=", ".join(those))
        for number, those in by_chapter(points).items()
    ]
    return [words.line(head), *rows] if rows else []
