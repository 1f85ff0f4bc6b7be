"""Of which kind a use is, as far as its answers tell: where its AI comes from, and what it does there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

UNKNOWN = "unknown"
ORIGINS = ("built", "bought", "embedded", UNKNOWN)
"""Of our own making, a tool by itself, or within a product that is there for something else."""
PARTS = ("decides", "acts", "assists", UNKNOWN)
DECIDES, ACTS = frozenset({"decides_people", "physical_safety"}), "acts_in_systems"
KIND, TOOL, DOES = "kind", "tool", "output_use"
"""The questions that tell."""
MATTERS = 2
"""From this tier on it is asked what a use is good for."""


class Sort(NamedTuple):
    origin: str
    part: str


def sort_of(kind: Sequence[str], tool: Sequence[str], does: Sequence[str], embedded: frozenset[str]) -> Sort:
    """By what was picked for sure; `embedded`: the tools that have AI beside what they are for."""
    return Sort(_origin(kind, tool, embedded), _part(does))


def _origin(kind: Sequence[str], tool: Sequence[str], embedded: frozenset[str]) -> str:
    if "build" in kind:
        return "built"
    if not tool:
        return UNKNOWN
    return "embedded" if embedded.intersection(tool) else "bought"


def _part(does: Sequence[str]) -> str:
    """The gravest of what it does; what helps somebody is left when nothing graver was picked."""
    if DECIDES.intersection(does):
        return "decides"
    if ACTS in does:
        return "acts"
    return "assists" if does else UNKNOWN
