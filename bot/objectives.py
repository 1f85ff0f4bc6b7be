"""What was counted for an objective, in words: the figure, how it moved, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence

from bot.words import Words
from triage.aims.objectives import Counted, Held, measures
from triage.figures import Reached

BLOCKS = " ▁▂▃▄▅▆▇█"
MOST = 12
"""So many are drawn of what was measured, the newest last."""
VALUES = 4


def name(words: Words, measure: str) -> str:
    return words.label(f"aims.choice.counts.{measure}")


def said(words: Words, found: Counted) -> str:
    """One figure with what it is of."""
    if not found.whole:
        return words.label("objective.nothing")
    form = measures()[found.measure].form
    about = {"part": found.part, "count": found.part, "whole": found.whole, "percent": found.percent}
    return words.label(f"objective.is.{form}", **about)


def reached(words: Words, found: Reached) -> str:
    """As it stands and stood before, with the name of what is counted."""
    now, before = (
        said(words, Counted(measure=found.measure, part=part, whole=whole))
        for part, whole in ((found.part, found.whole), (found.part_before, found.whole_before))
    )
    return words.label("objective.reached", what=name(words, found.measure), now=now, before=before)


def moved(words: Words, held: Sequence[Held]) -> str:
    """How it went, the oldest first: as blocks where it was counted, else what people said; "" for a single one."""
    counted = [each.counted for each in held if each.counted is not None and each.counted.whole][-MOST:]
    if len(counted) > 1:
        first, last = said(words, counted[0]), said(words, counted[-1])
        return words.label("objective.moved", blocks=blocks(counted), first=first, last=last)
    values = [each.value for each in held if each.value][-VALUES:]
    return words.label("objective.went", values=" → ".join(values)) if len(values) > 1 else ""


def blocks(counted: Sequence[Counted]) -> str:
    """A share fills its block; other figures are drawn by the largest of them."""
    heights = [each.percent if each.percent is not None else each.part for each in counted]
    most = 100 if measures()[counted[0].measure].form == "share" else max((*heights, 1))
    return "".join(BLOCKS[max(1, round(each / most * (len(BLOCKS) - 1)))] for each in heights)
