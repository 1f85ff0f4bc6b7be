"""When digests fall due: once a week and once a month, on the clocks of the channel, whatever those do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.calendar import Calendar
from triage.digested import DAYS, NEVER, monthly, weekly

ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "Australia/Lord_Howe",
    "UTC",
)
MOMENTS = st.integers(1_704_067_200, 1_893_456_000).map(lambda each: datetime.fromtimestamp(each, UTC))


@given(
    MOMENTS,
    st.sampled_from(DAYS),
    st.sampled_from(("00:00", "02:30", "09:00", "23:59")),
    st.sampled_from(ZONES),
)
def test_the_last_one_that_fell_due_is_at_most_a_week_ago_and_on_its_day(
    now: datetime, day: str, hour: str, zone: str
) -> None:
    due = weekly(day, hour, zone, now)
    assert due is not None
    there = due.at.astimezone(ZoneInfo(zone))
    assert due.at <= now < due.at + timedelta(days=7, hours=2)
    assert DAYS[due.at.weekday()] == day
    assert hour == "02:30" or f"{there:%H:%M}" == hour
    assert due.since.date() == due.at.date() - timedelta(days=7)


@given(MOMENTS, st.sampled_from(ZONES))
def test_all_of_a_week_and_of_a_month_have_one_key(now: datetime, zone: str) -> None:
    due, calendar = weekly("monday", "09:00", zone, now), Calendar(zone, "DE")
    month = monthly("monday", "09:00", calendar, now)
    assert due is not None
    assert month is not None
    assert weekly("monday", "09:00", zone, due.at) == due
    assert monthly("monday", "09:00", calendar, month.at) == month
    assert month.at <= now
    assert calendar.works_on(month.at.date())
    assert not any(calendar.works_on(month.at.date().replace(day=n)) for n in range(1, month.at.day))
    assert month.since < month.at


@pytest.mark.parametrize(
    ("now", "week", "month"),
    [
        ("2026-11-30T07:59:59Z", "digest:week:2026-W48", "digest:month:2026-11"),
        ("2026-11-30T08:00:00Z", "digest:week:2026-W49", "digest:month:2026-11"),
        ("2026-12-01T08:00:00Z", "digest:week:2026-W49", "digest:month:2026-12"),
        ("2027-01-01T08:00:00Z", "digest:week:2026-W53", "digest:month:2026-12"),
        ("2027-01-04T08:00:00Z", "digest:week:2027-W01", "digest:month:2027-01"),
    ],
)
def test_days_around_a_change_of_year(now: str, week: str, month: str) -> None:
    """In Berlin; New Year's Day is a holiday there."""
    moment = datetime.fromisoformat(now)
    found = weekly("monday", "09:00", "Europe/Berlin", moment)
    of_month = monthly("monday", "09:00", Calendar("Europe/Berlin", "DE"), moment)
    assert (found and found.key, of_month and of_month.key) == (week, month)


@pytest.mark.parametrize("day", DAYS)
def test_another_day_set_after_a_digest_brings_no_second_one_in_that_week(day: str) -> None:
    monday = weekly("monday", "09:00", "UTC", datetime(2026, 11, 30, 9, 0, tzinfo=UTC))
    sent = {"digest:week:2026-W48", monday.key if monday else ""}
    for hours in range(6 * 24):
        due = weekly(day, "09:00", "UTC", datetime(2026, 11, 30, 9, 0, tzinfo=UTC) + timedelta(hours=hours))
        assert due is not None
        assert due.key in sent


def test_never_is_never() -> None:
    now = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert weekly(NEVER, "09:00", "UTC", now) is None
    assert monthly(NEVER, "09:00", Calendar("UTC"), now) is None
