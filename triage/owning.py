"""Whoever answers for a use without having asked for it is told its conditions, once they are theirs."""

from __future__ import annotations

from triage.case import Case
from triage.conditions import conditions_of, given_of, told_of
from triage.desk import Desk
from triage.outcome import Facts, Notice, Outcome, Say


def told(before: Case | None, outcome: Outcome, desk: Desk) -> Outcome:
    """After each decision with conditions, and whenever somebody else comes to answer for them."""
    case = outcome.case
    owner, made = case.owner, case.decision
    if owner is None or made is None or not case.in_use or not conditions_of(case):
        return outcome
    known = before is not None and before.decision is not None and before.decision.id == made.id
    if desk.same(owner, case.requester) or (known and before is not None and before.owner == owner):
        return outcome
    facts: Facts = {"about": "given", "condition": given_of(made)}
    notice = Notice(say=Say.condition, to=owner, facts=facts | {"until": told_of("given", facts)})
    return outcome.model_copy(update={"notices": (*outcome.notices, notice)})
