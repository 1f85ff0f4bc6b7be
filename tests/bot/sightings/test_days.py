"""Moments as logs write them; what can be read in two ways is no day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sightings.days import day_of

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2026-11-30",
            "2026-11-30T09:00:00Z",
            "2026/11/30 09:00",
            "30.11.2026",
            "30.11.2026 09:00",
            "11/30/2026",
        ),
        *("30/11/2026 9:00", "Mon Nov 30 09:00:00 2026", "Mon, 30 Nov 2026 09:00:00 GMT", "30-Nov-2026"),
        *(
            "Nov 30, 2026",
            "November 30, 2026",
            "1796029200",
            "1796029200.5",
            "1796029200000",
            "1796029200000000",
        ),
    ],
)
def test_one_day_in_many_spellings(cell: str) -> None:
    assert day_of(cell) == DAY


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "03/04/2026",
        "2026-13-40",
        "31.02.2026",
        "yesterday",
        "12345",
        "99999999999999999",
        "Mon Foo 3 2026",
    ],
)
def test_what_is_unclear_or_none_is_no_day(cell: str) -> None:
    assert day_of(cell) is None


@given(st.text(max_size=40))
def test_nothing_breaks(cell: str) -> None:
    assert day_of(cell) is None or isinstance(day_of(cell), date)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_day_that_is_written_is_the_day_that_is_read(day: date) -> None:
    assert day_of(day.isoformat()) == day_of(f"{day:%d.%m.%Y}") == day_of(f"{day:%d-%b-%Y}") == day
