"""What waits for somebody's move on a use that was approved: each with the day it is due. Nothing here reminds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from intake.value import Value
from triage.case import Case, Status
from triage.conditions import open_ones
from triage.desk import Desk
from triage.drafts import is_silent, silent_on
from triage.ladders import Kind
from triage.lasting import words_to
from triage.lifecycle import FINAL
from triage.missing import AFTER, asked_for
from triage.orphans import free_until
from triage.overdue import call
from triage.reviews import open_review
from triage.stages import Stage
from triage.tasks import left
from triage.whereabouts import keeper, stage_of

READ_WITHIN = timedelta(days=5)
"""So long after it was said, somebody else has to have read it."""


class Errand(Value):
    """`about`: the condition; the record from which a report is counted; the review, or what was said in it; the day by
    which tasks are due; whoever left; the decision that ends; the pattern that ends or ended, and whose yes it is.
    """

    kind: Kind
    about: str
    due: date

    @property
    def name(self) -> str:
        """By which it is known again; what is due anew is another one."""
        return f"{self.kind}:{self.about}"


def errands(case: Case, desk: Desk) -> tuple[Errand, ...]:
    """All that is open now, and nothing of a use that is over or was never approved, but for what ended with it."""
    if case.status is Status.draft and is_silent(case, desk):
        return (Errand(kind="draft", about="silence", due=silent_on(case, desk)),)
    return (
        *(Errand(kind=each.kind, about=each.about, due=each.due) for each in words_to(case, desk)),
        *_of_use(case, desk),
    )


def _of_use(case: Case, desk: Desk) -> tuple[Errand, ...]:
    if case.status in FINAL or not (case.decisions or case.status is Status.disclosed):
        return ()
    return tuple(_open(case, desk))


def errand(case: Case, name: str, desk: Desk) -> Errand | None:
    return next((each for each in errands(case, desk) if each.name == name), None)


def _open(case: Case, desk: Desk) -> Iterator[Errand]:
    for one in open_ones(case):
        if one.term.due is not None:
            yield Errand(kind="condition", about=one.id, due=one.term.due)
    if (owed := call(case, desk)) is not None:
        yield Errand(kind="report", about=owed.since, due=owed.day)
    review = open_review(case)
    if review is not None and review.state == "second" and case.in_use and review.answer is not None:
        yield Errand(kind="reading", about=review.answer.id, due=review.answer.at.date() + READ_WITHIN)
    if (until := free_until(case, desk)) is not None:
        yield Errand(kind="owner", about=keeper(case), due=until)
        return  # the rest is for whoever takes it over: asking those beside them for it, too, would be twice
    if review is not None and review.state == "open" and case.in_use:
        yield Errand(kind="review", about=review.id, due=review.due)
    if asked_for(case, desk):
        yield Errand(kind="facts", about="open", due=facts_due(case, desk))
    if case.in_use and case.decision is not None and case.decision.valid_until is not None:
        yield Errand(kind="expiry", about=case.decision.id, due=case.decision.valid_until)
    if (due := tasks_due(case, desk)) is not None:
        yield Errand(kind="tasks", about=due.isoformat(), due=due)


def tasks_due(case: Case, desk: Desk) -> date | None:
    """The first day of those that are left."""
    if not case.in_use and stage_of(case) is not Stage.retiring:
        return None
    return min((task.due for task in left(case, desk) if task.due is not None), default=None)


def facts_due(case: Case, desk: Desk) -> date:
    """Counted from its last yes, or from when its owner took it on."""
    owned = case.facts.get("owner")
    moments = [
        case.created_at,
        *([owned.at] if owned else []),
        *([case.decision.at] if case.decision else []),
    ]
    return desk.calendar(keeper(case)).day_of(max(moments) + AFTER)
