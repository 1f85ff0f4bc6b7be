"""What conditions are bound to: their last day, the question that checks them, and what follows for the approval."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Literal, Protocol

from triage.steps import Term

Otherwise = Literal["narrows", "suspends", "lapses"]
STRICTER: tuple[str, ...] = ("", "narrows", "suspends", "lapses")
OF_A_DAY: Otherwise = "suspends"
"""What follows where somebody named a day and nothing else."""


class Bound(Protocol):
    @property
    def conditions(self) -> tuple[str, ...]: ...

    @property
    def terms(self) -> tuple[Term, ...]: ...


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
