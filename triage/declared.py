"""What the line of a decision says by itself, so that it stays proven when the record beside it is erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from triage.case import Decision
from triage.outcome import Facts

NONE = "-"
"""Where a condition has no day, or nothing follows if it is not met."""


def declared(decision: Decision) -> Facts:
    """Which it is, of what kind, on which facts and under which rules, and what its conditions are bound to."""
    detail: Facts = {"decision": decision.id, "kind": decision.kind.value, "facts": decision.facts_digest}
    detail |= {"policies": decision.policies}
    terms = tuple(f"{term.due or NONE} {term.otherwise or NONE}" for term in decision.terms)
    return detail | ({"terms": terms} if terms else {})


def terms_of(declared: Any) -> list[dict[str, str | None]]:
    """Day and consequence of each condition, read back; nothing where the line is older than that."""
    if not isinstance(declared, Sequence) or isinstance(declared, str):
        return []
    parts = [str(each).partition(" ") for each in declared]
    return [
        {"due": None if due == NONE else due, "otherwise": "" if then == NONE else then}
        for due, _, then in parts
    ]
