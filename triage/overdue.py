"""When a report is owed, and who is asked for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from triage.case import Case
from triage.confidential import told_of_it
from triage.desk import Desk
from triage.expiring import after
from triage.plan import Every
from triage.watched import plan_of, reporters, since

MONTHS = {"monthly": 1, "quarterly": 3}


class Call(NamedTuple):
    """A report that is or will be owed; `since`: the record from which it is counted, which names it."""

    since: str
    day: date


def call(case: Case, desk: Desk) -> Call | None:
    """Of what is not in use nothing is owed."""
    plan, began = plan_of(case), since(case)
    if plan is None or began is None or not case.in_use:
        return None
    calendar = desk.calendar(asked_to_report(case, desk))
    return Call(began[0], next_day(plan.every, calendar.day_of(began[1])))


def next_day(every: Every, day: date) -> date:
    return after(day, MONTHS[every]) if every in MONTHS else day + timedelta(days=7)


def is_due(case: Case, desk: Desk) -> bool:
    """From the first working day on that is not before it, where whoever is asked works."""
    owed = call(case, desk)
    return (
        owed is not None
        and desk.calendar(asked_to_report(case, desk)).morning(owed.day, desk.now) <= desk.now
    )


def able_to_report(case: Case, desk: Desk) -> tuple[str, ...]:
    """Of those who report, who reads it at all."""
    own = {case.requester, case.owner}
    return tuple(each for each in reporters(case) if each in own or reads(case, each, desk))


def asked_to_report(case: Case, desk: Desk) -> str:
    """The first of them who is still here."""
    people = able_to_report(case, desk)
    return next((each for each in people if not desk.staff(each).gone), "")


def reads(case: Case, person: str, desk: Desk) -> bool:
    return not case.confidential or person in told_of_it(case, desk)
