"""What conditions are bound to: their last day, the question that checks them, and what follows for the approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Literal, Protocol

from triage.desk import Desk
from triage.steps import Term

Otherwise = Literal["narrows", "suspends", "lapses"]
STRICTER: tuple[str, ...] = ("", "narrows", "suspends", "lapses")
USUAL: Mapping[str, tuple[int, Otherwise]] = {
    "told": (10, "suspends"),
    "no_training": (20, "suspends"),
    "stopped": (10, "suspends"),
    "again": (125, "lapses"),
}
"""Of the usual conditions those that somebody has to do: in how many working days, and what follows if not.

The others hold all the time: they have no day on which they could be done.
"""
OF_A_DAY: Otherwise = "suspends"
"""What follows where somebody named a day and nothing else."""


class Bound(Protocol):
    @property
    def conditions(self) -> tuple[str, ...]: ...

    @property
    def terms(self) -> tuple[Term, ...]: ...


def usual(key: str, check: str, desk: Desk) -> Term:
    """Those of a usual condition, when it is given today."""
    if key not in USUAL:
        return Term(check=check)
    days, otherwise = USUAL[key]
    calendar = desk.calendar()
    return Term(due=calendar.day_of(calendar.after(desk.now, days)), check=check, otherwise=otherwise)


def pairs(given: Bound) -> tuple[tuple[str, Term], ...]:
    """Each condition with what it is bound to, which may be nothing."""
    terms = given.terms[: len(given.conditions)]
    return tuple(zip_longest(given.conditions, terms, fillvalue=Term()))  # type: ignore[arg-type]


def bound_to(given: Iterable[tuple[str, Term]]) -> dict[str, Term]:
    """Each condition once: of two days the earlier, of what follows the stricter."""
    found: dict[str, Term] = {}
    for text, term in given:
        found[text] = _stricter(found[text], term) if text in found else term
    return found


def terms_of(bound: Mapping[str, Term]) -> tuple[Term, ...]:
    """Beside the conditions, in their order; none where none is bound to anything."""
    return tuple(bound.values()) if any(term != Term() for term in bound.values()) else ()


def _stricter(one: Term, other: Term) -> Term:
    return Term(
        due=min((day for day in (one.due, other.due) if day), default=None),
        check=one.check or other.check,
        otherwise=max(one.otherwise, other.otherwise, key=STRICTER.index),
    )
