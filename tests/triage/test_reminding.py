"""On which day somebody is reminded of a condition, by the calendar of where they work."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Literal

import pytest

from triage.calendar import Calendar
from triage.reminding import is_time

BERLIN, DUBAI = Calendar("Europe/Berlin", "DE"), Calendar("Asia/Dubai", "AE")
NEW_YEARS_EVE = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("about", "day", "calendar", "is_told"),
    [
        ("soon", 23, BERLIN, False),
        ("soon", 24, BERLIN, True),
        ("soon", 25, BERLIN, False),
        ("soon", 26, BERLIN, False),
        ("soon", 27, BERLIN, False),
        ("soon", 28, BERLIN, True),
        ("soon", 24, DUBAI, False),
        ("soon", 25, DUBAI, True),
        ("soon", 31, BERLIN, True),
        ("still", 31, BERLIN, False),
    ],
)
def test_soon_and_still(about: Literal["soon", "still"], day: int, calendar: Calendar, is_told: bool) -> None:
    now = datetime(2026, 12, day, 10, tzinfo=UTC)
    assert is_time(about, NEW_YEARS_EVE, calendar, now) is is_told


@pytest.mark.parametrize(("hour", "is_told"), [(5, False), (9, True), (20, False)])
def test_only_while_they_work(hour: int, is_told: bool) -> None:
    now = datetime(2026, 12, 29, hour, tzinfo=UTC)
    assert is_time("soon", NEW_YEARS_EVE, BERLIN, now) is is_told


@pytest.mark.parametrize(("day", "is_told"), [(7, False), (8, True), (9, False), (11, True)])
def test_a_week_after_it(day: int, is_told: bool) -> None:
    """The eighth of January is a Friday."""
    now = datetime(2027, 1, day, 10, tzinfo=UTC)
    assert is_time("still", NEW_YEARS_EVE, BERLIN, now) is is_told
