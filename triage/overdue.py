"""When a report is owed: at its day, once more a week later, and a week after that those who decide are told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from triage.case import Case
from triage.confidential import told_of_it
from triage.desk import Desk
from triage.expiring import after
from triage.plan import Every
from triage.watched import plan_of, reporters, since

About = Literal["due", "again", "missed"]
ABOUTS: tuple[About, ...] = ("due", "again", "missed")
"""What the clock says of a report, in this order, each once."""
WAITS = timedelta(days=7)
"""Between each of them and the next."""
MONTHS = {"monthly": 1, "quarterly": 3}


class Call(NamedTuple):
    """A report that is or will be owed; `since`: the record from which it is counted, which names it."""

    since: str
    moments: tuple[datetime, ...]

    def about(self, now: datetime) -> tuple[About, ...]:
        """What the clock has to say of it by now."""
        return tuple(about for about, at in zip(ABOUTS, self.moments, strict=True) if at <= now)


def call(case: Case, desk: Desk) -> Call | None:
    """At the beginning of a working day of whoever is asked; of what is not in use nothing is owed."""
    plan, began = plan_of(case), since(case)
    if plan is None or began is None or not case.in_use:
        return None
    calendar = desk.calendar(asked_to_report(case, desk))
    zone, day = ZoneInfo(calendar.zone), next_day(plan.every, calendar.day_of(began[1]))
    days = (day + number * WAITS for number in range(len(ABOUTS)))
    return Call(began[0], tuple(calendar.opens(datetime.combine(each, time(), zone)) for each in days))


def next_day(every: Every, day: date) -> date:
    return after(day, MONTHS[every]) if every in MONTHS else day + timedelta(days=7)


def is_due(case: Case, desk: Desk) -> bool:
    owed = call(case, desk)
    return owed is not None and "due" in owed.about(desk.now)


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
