"""Whoever answers for a use without having asked for it is told its conditions, once they are theirs."""

from __future__ import annotations

from collections.abc import Iterator

from triage.case import Case, Decision
from triage.conditions import conditions_of, given_of, told_of
from triage.desk import Desk
from triage.outcome import Facts, Notice, Outcome, Say
from triage.teams import standing


def told(before: Case | None, outcome: Outcome, desk: Desk) -> Outcome:
    """After each decision with conditions, and whenever somebody else comes to answer for them."""
    case = outcome.case
    owner, made = case.owner, case.decision
    if owner is None or made is None or not case.in_use or not conditions_of(case):
        return outcome
    known = before is not None and before.decision is not None and before.decision.id == made.id
    if desk.same(owner, case.requester) or (known and before is not None and before.owner == owner):
        return outcome
    notice = Notice(say=Say.condition, to=owner, facts=_given(made))
    return outcome.model_copy(update={"notices": (*outcome.notices, notice)})


def told_again(case: Case, made: Decision) -> Iterator[Notice]:
    """The same message once more, as it reads by now. `case`: as it was when it was told."""
    return wherever(case, Notice(say=Say.condition, facts=_given(made) | {"over": True}))


def wherever(case: Case, notice: Notice) -> Iterator[Notice]:
    """In the thread of whoever asked, and with everybody else who has part in it; where none stands, none comes."""
    yield notice
    there = case.talk.person if case.talk else ""
    people = {case.requester, case.owner or "", *(each.owner for each in standing(case))}
    yield from (notice.model_copy(update={"to": each}) for each in sorted(people - {there, ""}))


def _given(made: Decision) -> Facts:
    facts: Facts = {"about": "given", "condition": given_of(made)}
    return facts | {"until": told_of("given", facts)}
