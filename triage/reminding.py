"""When somebody is reminded of a condition: while they work, never on a day that is free where they are."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from triage.calendar import Calendar

SOON, STILL = timedelta(days=5), timedelta(days=7)
"""So long before its day, or on their last working day before that, and so long after it once more."""
LOOK = {"look": timedelta(days=5), "look_again": timedelta(days=15)}
"""So long after something was handed in for others to look at it, they are called again; the second time not alone."""
LONGEST_FREE = timedelta(days=14)
"""More days than are free in a row anywhere."""


def is_time(about: Literal["soon", "still"], due: date, calendar: Calendar, now: datetime) -> bool:
    """`calendar`: of whoever is reminded."""
    if calendar.opens(now) != now:
        return False
    day = calendar.day_of(now)
    if about == "still":
        return day > due + STILL
    return _last_working(due - SOON, calendar) <= day <= due


def _last_working(day: date, calendar: Calendar) -> date:
    for back in range(LONGEST_FREE.days):
        if calendar.works_on(earlier := day - timedelta(days=back)):
            return earlier
    return day
