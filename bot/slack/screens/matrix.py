"""Which skills and trainings are missing, unit by unit, in a window: numbers and bars, and nobody's name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.words import Words
from triage.aims.matrix import USES, Cell

CELLS, ROWS = 8, 60


def matrix_button(words: Words) -> b.Block:
    return b.actions([b.button(Action.MATRIX, words.label("training.matrix"), to_value(Press(case="")))])


def matrix_view(voice: Voice, cells: Sequence[Cell]) -> dict[str, Any]:
    """Units with a gap, each with its rows; the others in one line."""
    words = voice.words
    drawn: list[b.Block] = [
        b.section(words.line("training.matrix_about" if cells else "training.matrix_none"))
    ]
    whole, left = [], ROWS
    for unit, rows in groupby(cells, key=attrgetter("unit")):
        held = list(rows)
        if not any(each.gap for each in held):
            whole.append(unit_name(words, unit))
            continue
        shown = held[:left]
        left -= len(shown)
        if shown:
            head = words.line("training.matrix_unit", unit=unit_name(words, unit))
            drawn += b.sections(Mrkdwn("\n".join([head, *(_row(words, each) for each in shown)])))
    if left == 0 and (more := len(cells) - ROWS) > 0:
        drawn.append(b.context(words.line("training.matrix_more", count=more)))
    if whole:
        drawn.append(b.context(words.line("training.matrix_whole", units=words.listed(whole))))
    return modal(words, View.MATRIX, words.label("training.matrix_title"), drawn)


def unit_name(words: Words, unit: str) -> str:
    return unit or words.label("training.matrix_no_unit")


def role_name(words: Words, role: str) -> str:
    return words.label("training.matrix_uses") if role == USES else words.label(f"role_name.{role}")


def _row(words: Words, each: Cell) -> Mrkdwn:
    full = CELLS * each.has // each.people
    about = {"has": each.has, "people": each.people, "late": each.late, "ref": each.needs}
    role = role_name(words, each.role)
    about |= {"role": role[:1].upper() + role[1:], "what": each.title}
    key = "training.matrix_late" if each.late else "training.matrix_row"
    return words.line(key, bar="█" * full + "░" * (CELLS - full), **about)
