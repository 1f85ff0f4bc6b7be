"""Which decision took the place of which."""

from __future__ import annotations

from collections.abc import Sequence

from triage.case import RULINGS, Decision, DecisionKind


def next_after(decision: Decision, decisions: Sequence[Decision]) -> str | None:
    """Of what decided about the use, the next that did so; of a single yes, the next for the same seat."""
    later = [each for each in decisions[decisions.index(decision) + 1 :] if _succeeds(each, decision)]
    return later[0].id if later else None


def _succeeds(later: Decision, decision: Decision) -> bool:
    if decision.kind is DecisionKind.sign_off:
        return later.kind is decision.kind and later.seat == decision.seat
    return decision.kind in RULINGS and later.kind in RULINGS
