"""How the conditions of an approval stand: frozen with it, and afterwards done, verified, sent back or unmet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from intake.value import Value
from triage.case import Case, Decision, Status
from triage.steps import ConditionStep, Term
from triage.terms import pairs

SECOND_FROM = 3
"""The tier from which somebody else looks at what was handed in."""
Stands = Literal["open", "done", "met", "unmet", "narrowed", "asked_again"]
STOPPED = ("suspends", "lapses")


class Condition(Value):
    """`steps`: what became of it, in the order in which it happened."""

    decision: str
    number: int
    text: str
    term: Term
    steps: tuple[ConditionStep, ...] = ()

    @property
    def id(self) -> str:
        """As its row is called."""
        return f"{self.decision}:{self.number:03}"

    @property
    def last(self) -> ConditionStep | None:
        return self.steps[-1] if self.steps else None

    @property
    def handed_in(self) -> bool:
        return self.last is not None and self.last.kind in ("done", "verified")

    @property
    def shown(self) -> ConditionStep | None:
        """What was handed in and was not sent back."""
        done = (step for step in reversed(self.steps) if step.kind == "done")
        return next(done, None) if self.handed_in else None

    @property
    def yeses(self) -> tuple[ConditionStep, ...]:
        """Of those who looked at what was handed in last."""
        done = max((at for at, step in enumerate(self.steps, 1) if step.kind == "done"), default=0)
        return tuple(step for step in self.steps[done:] if step.kind == "verified")

    @property
    def narrows(self) -> bool:
        """Its day went by, so the approval did not cover it any more."""
        return self.term.otherwise == "narrows" and any(step.kind == "unmet" for step in self.steps)


def conditions_of(case: Case) -> tuple[Condition, ...]:
    """Those of the decision that counts now; of former ones none is asked for any more."""
    return given_by(case, case.decision) if case.decision else ()


def given_by(case: Case, decision: Decision) -> tuple[Condition, ...]:
    """Those of one decision, whether it counts now or not."""
    return tuple(
        Condition(
            decision=decision.id,
            number=number,
            text=text,
            term=term,
            steps=tuple(s for s in case.condition_steps if (s.decision, s.number) == (decision.id, number)),
        )
        for number, (text, term) in enumerate(pairs(decision), 1)
    )


def condition(case: Case, decision: str, number: int) -> Condition | None:
    return next((c for c in conditions_of(case) if (c.decision, c.number) == (decision, number)), None)


def needs_second(case: Case) -> bool:
    """Also while it has become less since: what it was approved on holds until people say yes to something else."""
    if case.verdict is None:
        return True
    return max(int(case.verdict.tier.ceiling), case.approved_tier or 0) >= SECOND_FROM


def looks_needed(case: Case, one: Condition) -> int:
    """How many others have to look at it; what an approval does not cover any more comes back by a decision alone."""
    return int(one.narrows) + int(needs_second(case))


def is_met(case: Case, one: Condition) -> bool:
    """Said by whoever answers for it, and looked at by as many as have to."""
    return one.handed_in and len(one.yeses) >= looks_needed(case, one)


def stands(case: Case, one: Condition) -> Stands:
    """In one word; what has no day is open for ever, as it holds all the time."""
    if is_met(case, one):
        return "met"
    if one.handed_in:
        return "asked_again" if one.narrows else "done"
    if is_unmet(case, one):
        return "narrowed" if one.narrows else "unmet"
    return "open"


def is_unmet(case: Case, one: Condition) -> bool:
    """Its day went by, and it is not met since."""
    return any(step.kind == "unmet" for step in one.steps) and not is_met(case, one)


def narrowed(case: Case) -> tuple[Condition, ...]:
    """What an approval does not cover any more, though it holds."""
    return tuple(c for c in conditions_of(case) if c.term.otherwise == "narrows" and is_unmet(case, c))


def stopped_by(case: Case) -> tuple[Condition, ...]:
    """Why it may not be used any more, until somebody decides anew."""
    return tuple(
        c
        for c in conditions_of(case)
        if c.term.otherwise in STOPPED and any(step.kind == "unmet" for step in c.steps)
    )


def is_over(one: Condition, day: date) -> bool:
    """The day itself is still within it."""
    return one.term.due is not None and one.term.due < day


def may_fulfil(case: Case, person: str) -> bool:
    """Whoever answers for the use, and whoever asked for it, as long as something can be handed in."""
    return person in theirs(case) and bool(open_ones(case))


def theirs(case: Case) -> frozenset[str]:
    return frozenset(person for person in (case.requester, case.owner) if person)


def open_ones(case: Case) -> tuple[Condition, ...]:
    """Those for which something can be handed in now: while it is used, and for what stopped it.

    What has no day holds all the time, so it is never done.
    """
    if case.in_use:
        return tuple(c for c in conditions_of(case) if c.term.due and not c.handed_in)
    if case.status in (Status.under_reassessment, Status.lapsed):
        return tuple(c for c in stopped_by(case) if not c.handed_in)
    return ()


def to_look_at(case: Case) -> tuple[Condition, ...]:
    """Those handed in at which somebody else has to look now."""
    if not case.in_use:
        return ()
    return tuple(c for c in conditions_of(case) if c.handed_in and not is_met(case, c))


def looked_for(step: ConditionStep) -> str:
    """The name of the message below the card in which it is looked at."""
    return f"look:{step.id}"


def told_of(about: str, facts: Mapping[str, object]) -> str:
    """The name of a message to whoever answers for it."""
    return f"condition:{about}:{facts.get('step', facts['condition'])}"


def decided_of(decision: Decision) -> str:
    """The name of the message in which whoever asked reads them first."""
    return f"decided:{decision.id}"


def given_of(decision: Decision) -> str:
    """All conditions of a decision, as one: no condition has this number."""
    return f"{decision.id}:000"
