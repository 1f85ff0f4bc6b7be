"""One of each of what moves a use without a wish of its own for that; through which states it goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from intake.answers import Answer, answered
from tests.builders import ANA, CLEO, NOW, a_case, a_desk, key, open_case, some_answers
from tests.triage import test_carrying as carrying
from tests.triage import test_changing as changes
from tests.triage import test_conditions as conditions
from tests.triage import test_expiring as expiring
from tests.triage import test_recording as recording
from tests.triage import test_rejudging as rejudging
from tests.triage import test_reviewing as reviewing
from tests.triage import test_watching as watching
from tests.triage.test_carrying import LEA
from triage.aims.phasing import Phase
from triage.case import Case, Status
from triage.changing import foreseen
from triage.commands import Rejudge, Settle
from triage.decide import decide
from triage.motions import Matter
from triage.outcome import Outcome
from triage.phased import BY_PLAN
from triage.reopening import OPENED
from triage.talking import Reopen, Submit, Withdraw

Way = tuple[str, ...]
CONDITIONAL = Status.approved_with_conditions


def way(before: Case, outcome: Outcome) -> Way:
    """A use that is opened again is under reassessment for as long as one step takes."""
    opened = any(line.what == OPENED for line in outcome.happened)
    through = ("under_reassessment",) if opened and before.status is not Status.under_reassessment else ()
    return (before.status.value, *through, outcome.case.status.value)


def marked() -> Way:
    case = a_case(
        answers=open_case().answers | {"red_flag": answered("social_scoring"), "area": answered("none")}
    )
    before = case.model_copy(update={"status": Status.in_review})
    said = Settle(actor=ANA, key=key(), case=case.id, answers={"data": answered("internal")})
    return way(before, decide(before, said, a_desk()))


def left_out() -> Way:
    case = carrying.marked()
    first = carrying.put(case, LEA, Matter.practice, "emotion_work_school").case
    return way(first, carrying.second(first, CLEO))


def put_off() -> Way:
    before, later = a_case(Status.draft), NOW.date() + timedelta(days=9)
    desk = a_desk(phases=(Phase("AIM-2026-0001", "Later", later, frozenset((1, 2)), frozenset()),))
    return way(before, decide(before, Submit(actor=ANA, key=key(), case=before.id), desk))


def taken_back() -> Way:
    before = a_case(submitted_at=NOW).model_copy(update={"status": Status.disclosed})
    return way(before, decide(before, Withdraw(actor=ANA, key=key(), case=before.id), a_desk()))


def put_off_again() -> Way:
    before, later = a_case(Status.withdrawn), NOW.date() + timedelta(days=9)
    desk = a_desk(phases=(Phase("AIM-2026-0001", "Later", later, frozenset((1, 2)), frozenset()),))
    return way(before, decide(before, Reopen(actor=ANA, key=key(), case=before.id), desk))


def came_up(**answers: Answer) -> Way:
    before = a_case(answers=some_answers(**answers), submitted_at=NOW).model_copy(
        update={"status": Status.disclosed}
    )
    return way(before, decide(before, Rejudge(actor="", key=key(), case=before.id, rules=BY_PLAN), a_desk()))


def changed(status: Status) -> Way:
    before = changes.approved(status)
    return way(before, changes.told(changes.LAPSES, "lapses", before))


def forbidden_now() -> Way:
    before = changes.approved()
    outcome, _ = foreseen(before, {"red_flag": answered("social_scoring")}, ANA, changes.DESK)
    return way(before, outcome)


def stricter(status: Status) -> Way:
    return way(*rejudging.rejudged(status, rejudging.PLAIN, rejudging.STRICT))


def over(status: Status) -> Way:
    day = expiring.TODAY
    before = expiring.approved(day.replace(year=day.year - 1), status)
    return way(before, expiring.at(day, before))


def unmet(otherwise: str) -> Way:
    before = conditions.bound(otherwise)
    return way(before, conditions.fail(before))


def met_late() -> Way:
    before = conditions.fail(conditions.bound("suspends")).case
    return way(before, conditions.fulfil(before, desk=conditions.LATE))


def misfit() -> Way:
    before = recording.drawn()
    return way(before, recording.look(before, fits=False))


def looked_at_again(status: Status, ends: Any) -> Way:
    before = reviewing.opens(reviewing.in_use(status=status))
    more = (
        {"answers": reviewing.RISKY, "effect": "lapses"} if not ends else {"ends": ends, "words": "It errs."}
    )
    return way(before, decide(before, reviewing.said(before, **more), reviewing.LATER))


def beyond(status: Status) -> Way:
    before = watching.watched(status)
    return way(before, watching.does(before, watching.give(before, "4", "95")))


WAYS: dict[str, tuple[Callable[[], Way], ...]] = {
    "a practice is marked": (marked,),
    "two people leave it out of the ban": (left_out,),
    "its phase of the roll-out has not begun": (put_off, put_off_again),
    "taken back before its phase has begun": (taken_back,),
    "its phase has begun": (came_up,),
    "forbidden meanwhile": (lambda: came_up(red_flag=answered("social_scoring")),),
    "something changed": (lambda: changed(Status.approved), lambda: changed(CONDITIONAL)),
    "rules became stricter": (lambda: stricter(Status.approved), lambda: stricter(CONDITIONAL)),
    "one that was looked at does not fit": (misfit,),
    "a review finds more or stops it": tuple(
        partial(looked_at_again, status, ends)
        for status in (Status.approved, CONDITIONAL)
        for ends in ("", "suspend")
    ),
    "a value is past its limit": (lambda: beyond(Status.approved), lambda: beyond(CONDITIONAL)),
    "a condition is unmet": (lambda: unmet("suspends"), lambda: unmet("lapses")),
    "its last day is over": (lambda: over(Status.approved), lambda: over(CONDITIONAL)),
    "asked anew": (lambda: changed(Status.lapsed),),
    "at once, or once the condition is met": (lambda: changed(Status.approved), met_late),
    "at once, where it is forbidden now": (forbidden_now,),
}
