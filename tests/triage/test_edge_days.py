"""Days on which clocks are put on or back, leap days, and people on either side of the date line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANA, a_decision, a_desk
from tests.triage.test_reviewing import in_use
from triage.calendar import CLOSE_OF_DAY, START_OF_DAY, Calendar
from triage.case import Case
from triage.expiring import after
from triage.opening import is_time
from triage.overdue import next_day
from triage.planned import next_review_on
from triage.staff import Colleague

BERLIN, NEW_YORK = Calendar("Europe/Berlin", "DE"), Calendar("America/New_York", "US")
EARLIEST, LATEST = Calendar("Pacific/Kiritimati"), Calendar("Etc/GMT+12")
"""UTC+14 and UTC−12."""
CLOCKS = ("2026-10-25", "2026-11-01", "2027-03-14", "2027-03-28", "2027-10-31", "2028-02-29", "2028-03-26")


@pytest.mark.parametrize(
    ("calendar", "friday", "monday", "hours"),
    [
        (BERLIN, "2026-10-23", "2026-10-26T08:00", 73),
        (BERLIN, "2027-03-19", "2027-03-22T08:00", 72),
        (BERLIN, "2027-10-29", "2027-11-01T08:00", 73),
        (NEW_YORK, "2026-10-30", "2026-11-02T14:00", 73),
        (NEW_YORK, "2027-03-12", "2027-03-15T13:00", 71),
    ],
)
def test_nine_is_nine_on_either_side_of_a_change_of_the_clock(
    calendar: Calendar, friday: str, monday: str, hours: int
) -> None:
    like = datetime(2026, 1, 1, tzinfo=UTC)
    before = calendar.morning(date.fromisoformat(friday), like)
    then = calendar.next_morning(before)
    assert then == datetime.fromisoformat(monday).replace(tzinfo=UTC)
    assert then - before == timedelta(hours=hours)


@given(
    st.sampled_from((BERLIN, NEW_YORK, EARLIEST, LATEST, Calendar("Australia/Lord_Howe", "AU"))),
    st.sampled_from(CLOCKS),
    st.integers(-72, 96),
)
def test_around_such_days_what_opens_is_in_working_hours(calendar: Calendar, day: str, hour: int) -> None:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(hours=hour)
    opens = calendar.opens(moment)
    here = opens.astimezone(ZoneInfo(calendar.zone))
    assert START_OF_DAY <= here.time() < CLOSE_OF_DAY
    assert calendar.works_on(here.date())
    assert opens >= moment
    assert calendar.opens(opens) == opens
    assert calendar.next_morning(opens) > opens, "the next message of a day comes on a later one"
    assert calendar.day_of(calendar.next_morning(opens)) > calendar.day_of(opens)


def test_across_the_date_line_each_works_in_their_own_hours() -> None:
    """While one of them has Monday morning, the other still has Sunday."""
    moment = datetime(2026, 12, 6, 19, 30, tzinfo=UTC)
    assert (EARLIEST.day_of(moment), LATEST.day_of(moment)) == (date(2026, 12, 7), date(2026, 12, 6))
    assert EARLIEST.opens(moment) == moment
    assert LATEST.opens(moment) == datetime(2026, 12, 7, 21, 0, tzinfo=UTC)
    assert LATEST.opens(moment) - moment == timedelta(hours=25, minutes=30)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", 48, "2032-02-29"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-11-30", 3, "2027-02-28"),
    ],
)
def test_months_end_where_there_is_no_such_day(day: str, months: int, then: str) -> None:
    assert after(date.fromisoformat(day), months) == date.fromisoformat(then)


def test_a_report_of_each_month_does_not_slide_into_the_next() -> None:
    assert next_day("monthly", date(2028, 1, 31)) == date(2028, 2, 29)
    assert next_day("quarterly", date(2027, 11, 30)) == date(2028, 2, 29)
    assert next_day("weekly", date(2028, 2, 24)) == date(2028, 3, 2)


def approved_on(moment: datetime, zone: str) -> tuple[Case, date | None]:
    desk = a_desk(now=moment, staff=lambda person: Colleague(zone=zone) if person == ANA else Colleague())
    case = in_use(decisions=(a_decision(at=moment),))
    return case, next_review_on(case, desk)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Pacific/Kiritimati", "2029-03-01"), ("Europe/Berlin", "2029-02-28"), ("Etc/GMT+12", "2029-02-28")],
)
def test_what_was_approved_on_a_leap_day_is_looked_at_every_year(zone: str, expected: str) -> None:
    """By the day that it was where its owner is: there it may have been March already."""
    case, planned = approved_on(datetime(2028, 2, 29, 11, 0, tzinfo=UTC), zone)
    assert planned == date.fromisoformat(expected)
    due = case.model_copy(update={"next_review_on": planned})
    assert not is_time(due, planned - timedelta(days=15))
    assert is_time(due, planned - timedelta(days=14))
