"""The decided use that is nearest to a request: what is different here, and which were decided on the same answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from intake.answers import NOT_ASKED, Answer
from intake.form import Form, Kind
from intake.value import Value
from triage.case import Case, DecisionKind, Status
from triage.current import current

TOOL = "tool"
MOST = 3
"""With more differences than these a use is not like it, and naming them all is no help."""


class Decided(Value):
    """A use that was decided, as far as it is compared."""

    id: str
    status: Status
    tool_id: str | None
    answers: Mapping[str, Answer]
    at: datetime


class Differs(Value):
    question: str
    here: Answer
    there: Answer


class Nearest(Value):
    use: Decided
    differs: tuple[Differs, ...]


def nearest(case: Case, others: Iterable[Decided], form: Form) -> Nearest | None:
    """With the fewest differences, of those the one decided last; None where none is like it."""
    found = [Nearest(use=use, differs=_differences(case, use, form)) for use in others]
    near = [each for each in found if len(each.differs) <= MOST]
    return min(near, key=lambda each: (len(each.differs), -each.use.at.timestamp()), default=None)


def on_same_answers(case: Case, others: Sequence[Decided], form: Form) -> tuple[Decided, ...]:
    """Of the same tool and with the same answers, whatever was decided, newest first."""
    same = [use for use in others if not _differences(case, use, form)]
    return tuple(sorted(same, key=lambda use: use.at, reverse=True))


def otherwise(same: Iterable[Decided], kind: DecisionKind) -> tuple[Decided, ...]:
    """Those on which somebody decided something else than `kind`."""
    return tuple(use for use in same if use.status not in AGREES[kind])


AGREES: Mapping[DecisionKind, frozenset[Status]] = {
    DecisionKind.approve: frozenset({Status.approved}),
    DecisionKind.approve_with_conditions: frozenset({Status.approved, Status.approved_with_conditions}),
    DecisionKind.decline: frozenset({Status.declined}),
    DecisionKind.confirm_prohibited: frozenset({Status.declined}),
}
"""What a use may have come to so that this decision is no other one; conditions may always be added."""


def _differences(case: Case, use: Decided, form: Form) -> tuple[Differs, ...]:
    """Only what is chosen: what people wrote in their own words is never the same.

    What was asked of one of them alone mostly follows from what was answered differently, and then goes without saying.
    """
    every = tuple(_all_differences(case, use, form))
    of_both = tuple(each for each in every if NOT_ASKED.state not in (each.here.state, each.there.state))
    return of_both or every


def _all_differences(case: Case, use: Decided, form: Form) -> Iterator[Differs]:
    if case.tool_id != use.tool_id:
        yield Differs(question=TOOL, here=_tool(case.answers), there=_tool(use.answers))
    here, there = current(form, case.answers), current(form, use.answers)
    for question in form.questions():
        told = question.record or question.defaulted or question.claim or question.after
        if told or question.kind not in (Kind.one, Kind.many):
            continue
        mine, theirs = here.get(question.id, NOT_ASKED), there.get(question.id, NOT_ASKED)
        if (mine.state, set(mine.picked)) != (theirs.state, set(theirs.picked)):
            yield Differs(question=question.id, here=mine, there=theirs)


def _tool(answers: Mapping[str, Answer]) -> Answer:
    return answers.get(TOOL, NOT_ASKED)
