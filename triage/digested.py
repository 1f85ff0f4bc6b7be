"""When a digest falls due: on its day of the week, and for management on the first working day of a month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from triage.calendar import Calendar
from triage.digest import Kind

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEVER = "never"


class Due(NamedTuple):
    """A digest that should have gone out at `at`, about the time from `since` on.

    `key`: one goes out in a week, and one in a month, also where somebody sets another day in between.
    """

    kind: Kind
    at: datetime
    since: datetime

    @property
    def key(self) -> str:
        return (
            f"digest:{self.kind}:{self.at:%G-W%V}"
            if self.kind == "week"
            else f"digest:{self.kind}:{self.at:%Y-%m}"
        )


def weekly(day: str, hour: str, zone: str, now: datetime) -> Due | None:
    """The last that fell due by `now`: after a stop there is one to make good, however long it was."""
    if day not in DAYS:
        return None
    there = now.astimezone(ZoneInfo(zone)).date()
    back = (there.weekday() - DAYS.index(day)) % 7
    last = _at(there - timedelta(days=back), hour, zone)
    if last > now:
        last = _at(last.date() - timedelta(days=7), hour, zone)
    return Due("week", last, _at(last.date() - timedelta(days=7), hour, zone))


def monthly(day: str, hour: str, calendar: Calendar, now: datetime) -> Due | None:
    """At that hour of the first working day of a month; never where there is none of a week."""
    if day not in DAYS:
        return None
    first = calendar.day_of(now).replace(day=1)
    last = _first_working(first, hour, calendar)
    if last > now:
        last = _first_working(_month_before(first), hour, calendar)
    return Due("month", last, _first_working(_month_before(last.date().replace(day=1)), hour, calendar))


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _first_working(day: date, hour: str, calendar: Calendar) -> datetime:
    while not calendar.works_on(day):
        day += timedelta(days=1)
    return _at(day, hour, calendar.zone)


def _at(day: date, hour: str, zone: str) -> datetime:
    """On that zone's clocks; an hour that a change of clocks leaves out is the same moment an hour later there."""
    return datetime.combine(day, time.fromisoformat(hour), ZoneInfo(zone))
