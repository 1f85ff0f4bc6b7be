"""Many sets of answers side by side, so that one pass over the rules judges all of them.

Bit i of every number here belongs to the i-th set. A truth is a pair of such numbers: where a condition is
surely true, and where it is possible; possible but not sure is open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from intake.answers import Answers, State

Settings = Mapping[str, tuple[str, ...]]


class Truth(NamedTuple):
    sure: int
    possible: int


About = tuple[str, bool]
"""A question or a setting by its name, and whether it is a setting."""


class Leaf(NamedTuple):
    """What a condition looks at in the end: one question or one setting, and the values it looks for."""

    name: str
    values: frozenset[str]
    is_setting: bool


class Leaves:
    """All of them in order, and their places by what they look at: what nobody spoke of needs no look."""

    def __init__(self) -> None:
        self.each: list[Leaf] = []
        self.about: dict[About, list[tuple[int, frozenset[str]]]] = {}

    def add(self, leaf: Leaf) -> int:
        at = len(self.each)
        self.each.append(leaf)
        self.about.setdefault((leaf.name, leaf.is_setting), []).append((at, leaf.values))
        return at


def side_by_side(leaves: Leaves, cases: Sequence[tuple[Answers, Settings]]) -> list[Truth]:
    """Each leaf's truth over all cases by what was said alone: whether it was to be asked comes later."""
    everywhere = (1 << len(cases)) - 1
    found: dict[About, dict[str, int]] = {}
    closed: dict[About, int] = {}
    for i, (answers, settings) in enumerate(cases):
        lane = 1 << i
        for question, answer in answers.items():
            _mark(found, (question, False), answer.picked, lane)
            if answer.state in (State.answered, State.not_applicable):
                closed[question, False] = closed.get((question, False), 0) | lane
        for setting, values in settings.items():
            _mark(found, (setting, True), values, lane)
            closed[setting, True] = closed.get((setting, True), 0) | lane
    truths = [Truth(0, everywhere)] * len(leaves.each)
    for about in found.keys() | closed.keys():
        given, still = found.get(about, {}), everywhere ^ closed.get(about, 0)
        for at, wanted in leaves.about.get(about, ()):
            sure = 0
            for value, lanes in given.items():
                if value in wanted:
                    sure |= lanes
            truths[at] = Truth(sure, sure | still)
    return truths


def _mark(found: dict[About, dict[str, int]], at: About, values: Sequence[str], lane: int) -> None:
    if values:
        here = found.setdefault(at, {})
        for value in values:
            here[value] = here.get(value, 0) | lane


def at_least(count: int, parts: Sequence[int]) -> int:
    """The bits that are set in at least `count` of the parts."""
    reached = [0] * count
    for part in parts:
        for step in range(count - 1, 0, -1):
            reached[step] |= reached[step - 1] & part
        reached[0] |= part
    return reached[-1]
