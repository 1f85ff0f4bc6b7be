"""Facts that nobody has given of a use that is there already: asked of whoever answers for it, the most telling first.

What somebody is not sure of was asked and answered; it is not asked again, and nothing becomes less by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

from intake.answers import NOT_ASKED, State
from intake.check import problems
from triage.afterwards import GiveFacts
from triage.case import Case, Status
from triage.covering import changed
from triage.desk import Desk
from triage.interview import judged, learn, said
from triage.order import order_of
from triage.outcome import Facts, Notice, Outcome, Refused, Say
from triage.referring import THEIRS
from triage.review import check_seen
from triage.telling import errand_of
from triage.verdict import Gap
from triage.whereabouts import keeper

NAME = "facts:open"
AFTER = timedelta(days=7)
"""So long after it was approved, or taken on, the first of them are asked for."""
AT_ONCE = 3
WEIGHT = {"tier": 4, "eu": 2}
"""What would change the tier tells the most, then what would change the class."""


def asked_for(case: Case, desk: Desk) -> tuple[Gap, ...]:
    """Of what can still move a result, what its owner was never asked."""
    if not (case.in_use or (case.status is Status.disclosed and case.owner)) or case.verdict is None:
        return ()
    return tuple(
        gap
        for gap in case.verdict.gaps
        if gap.who in THEIRS and gap.question in desk.form.by_id
        if case.answers.get(gap.question, NOT_ASKED).state is State.not_asked
    )


class Asked(NamedTuple):
    """One question, and the uses of which it is missing."""

    question: str
    cases: tuple[Case, ...]


def together(cases: Iterable[Case], desk: Desk) -> tuple[Asked, ...]:
    """A few at a time; the same of several uses is asked once."""
    weights, uses = dict[str, int](), dict[str, list[Case]]()
    for case in cases:
        for gap in asked_for(case, desk):
            weights[gap.question] = weights.get(gap.question, 0) + telling(gap.bounds)
            uses.setdefault(gap.question, []).append(case)
    order = {question: number for number, question in enumerate(order_of(desk.form))}
    found = sorted(weights, key=lambda question: (-weights[question], order.get(question, 0), question))
    return tuple(Asked(question, tuple(uses[question])) for question in found[:AT_ONCE])


def telling(bounds: Sequence[str]) -> int:
    return sum(WEIGHT.get(name, 1) for name in bounds)


def check_may_give(case: Case, actor: str, desk: Desk) -> None:
    """Of an inventory's row that somebody has said is theirs; what was approved goes the way of every change."""
    if case.status is Status.draft and actor != case.requester:
        raise Refused("unknown_case", case=case.id)
    if not case.owner or actor != case.owner:
        raise Refused("not_yours_to_change", case=case.id)
    if case.status is not Status.disclosed:
        raise Refused("not_now", case=case.id)


def give(case: Case, command: GiveFacts, desk: Desk) -> Outcome:
    check_may_give(case, command.actor, desk)
    check_seen(case, command.version)
    told = changed(desk.form, case.answers, command.answers)
    if problems(desk.form, told) or "owner" in told or not told:
        raise Refused("nothing_changed", case=case.id)
    after, lines = case, []
    for question, answer in told.items():
        after = learn(after, question, answer, command.actor, desk)
        lines.append(said("answer.changed", question, answer))
    return Outcome(case=judged(after, desk), happened=tuple(lines))


def followed(before: Case | None, outcome: Outcome, desk: Desk) -> Outcome:
    """What was asked for is settled where it stands, once nothing of it is missing."""
    if before is None or not before.owner or not asked_for(before, desk) or asked_for(outcome.case, desk):
        return outcome
    person = keeper(before)
    there = before.talk.person if before.talk else ""
    facts: Facts = {"what": NAME, "because": "own", "holder": person, "until": errand_of(NAME), "over": True}
    over = Notice(say=Say.overdue, to="" if person == there else person, facts=facts)
    return outcome.model_copy(update={"notices": (over, *outcome.notices)})
