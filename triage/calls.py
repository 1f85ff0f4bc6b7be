"""What a use calls for beside its results: actions, approvers, controls, threats, and how often it is reviewed."""

from __future__ import annotations

from collections.abc import Iterator

from intake.answers import Answers
from intake.form import Form
from intake.value import Value
from triage.current import current
from triage.lanes import Settings, side_by_side
from triage.program import calling
from triage.rules import Call, RuleBook
from triage.sources import KINDS
from triage.trace import Trace


class Called(Value):
    """One thing and the calls that ask for it; not `sure` while open answers may still make it unneeded."""

    kind: str
    thing: str
    by: tuple[str, ...]
    sure: bool


class Calls(Value):
    """All that is called for, kind by kind. `review_months`: the shortest time between reviews that is called for."""

    called: tuple[Called, ...] = ()
    review_months: int | None = None

    def of(self, kind: str) -> tuple[str, ...]:
        return tuple(each.thing for each in self.called if each.kind == kind)


def calls_for(form: Form, book: RuleBook, answers: Answers, settings: Settings) -> Calls:
    """The union over everything that holds or still may: what is not known is called for until it is."""
    program = calling(form, book)
    leaves = side_by_side(program.leaves, [(current(form, answers), settings)])
    trace = Trace(program, program.run(leaves))
    standing = [call for call in book.calls() if not trace.excluded(program.calls[call.id])]
    sure = {call.id for call in standing if trace.holds(program.calls[call.id])}
    months = [call.review_months for call in standing if call.review_months]
    return Calls(
        called=tuple(each for kind in KINDS for each in _of_kind(kind, book, standing, sure)),
        review_months=min(months, default=None),
    )


def _of_kind(kind: str, book: RuleBook, standing: list[Call], sure: set[str]) -> Iterator[Called]:
    """In the order in which the policies name them."""
    for policy in book.policies:
        for thing in policy.things.get(kind, ()):
            by = [call.id for call in standing if thing in call.things.get(kind, ())]
            certain = [id_ for id_ in by if id_ in sure]
            if by:
                yield Called(kind=kind, thing=thing, by=tuple(certain or by), sure=bool(certain))
