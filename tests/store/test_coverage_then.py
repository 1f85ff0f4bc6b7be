"""Coverage at several moments, read in one go, is what each of them is by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import monthly
from bot.cli.days import end_of
from bot.words import Words
from store import coverage
from store.coverage_then import at_moments
from store.digest import figures
from store.engine import Store
from tests.bot.cli import storied
from tests.builders import NOW
from triage.aims.tally import Counting, Named, together


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store, beforehand=True)
    return store


def test_each_moment_is_as_it_is_by_itself(told: Store) -> None:
    moments = [NOW + timedelta(hours=hours) for hours in (-24, 1, 30, 75, 150, 24 * 400, 24 * 800)]
    with told.read() as session:
        alone = [coverage.covered(session, "UTC", each) for each in moments]
        assert list(at_moments(session, moments, "UTC")) == alone
    assert len({tuple(each.stage for each in found) for found in alone}) > 2, "it moves in that time"


RECORDS = st.lists(
    st.builds(
        Named,
        ref=st.sampled_from(["", "AIU-1", "AIU-2", "AIU-3"]),
        place=st.sampled_from([f"line {n}" for n in range(9)]),
        at=st.integers(0, 60).map(lambda days: NOW + timedelta(days=days)),
    ),
    max_size=30,
)


@given(RECORDS, st.integers(0, 30))
def test_what_was_counted_in_two_parts_is_what_one_would_have_counted(records: list[Named], cut: int) -> None:
    whole, first, second = Counting(), Counting(), Counting()
    for number, record in enumerate(records):
        whole.take("it", record)
        (first if number < cut else second).take("it", record)
    assert together(first.tallies(), second.tallies()) == whole.tallies()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2028-03-31", ["2028-01-31", "2028-02-29", "2028-03-31"]),
        ("2027-03-01", ["2027-01-31", "2027-02-28", "2027-03-01"]),
        ("2027-01-15", ["2026-11-30", "2026-12-31", "2027-01-15"]),
    ],
)
def test_months_end_on_their_last_day_and_the_last_one_today(day: str, expected: list[str]) -> None:
    assert [each.isoformat() for each in monthly.ends(date.fromisoformat(day), 3)] == expected


def test_a_year_is_shown_from_where_anything_was_recorded_and_as_of_a_past_day(told: Store) -> None:
    day = (NOW + timedelta(days=70)).date()
    with told.read() as session:
        found = monthly.months(session, day, "Europe/Berlin")
        earlier = monthly.months(session, found[-2].day, "Europe/Berlin")
    assert found[-1].day == day
    assert earlier[-1] == found[-2], "the month before comes out the same when it is asked for itself"
    assert 1 < len(found) < monthly.MONTHS
    assert all(each.points <= 70 for each in found)
    said = monthly.line(Words(), found)
    assert said.startswith(f"{found[-1].in_place} of {found[-1].points} ")
    assert len(said.split()[-1]) == len(found)


def test_an_empty_trail_has_one_month_in_which_nothing_stands(store: Store) -> None:
    with store.read() as session:
        (only,) = monthly.months(session, NOW.date(), "UTC")
    assert (only.in_place, only.partly) == (0, 0)
    assert monthly.picture(Words(), [only]).startswith("<svg")


def test_a_review_by_management_is_told_what_is_in_place_and_was(told: Store) -> None:
    since, at = NOW - timedelta(days=2), NOW + timedelta(days=30)
    with told.read() as session:
        found = figures(session, since, at, zone="Europe/Berlin", monthly=True).management
        by_hand = coverage.covered(session, "UTC", at)
    assert found is not None
    assert (found.in_place, found.points) == (
        sum(each.stage == "in_place" for each in by_hand),
        sum(each.stage != "left_out" for each in by_hand),
    )
    assert found.in_place_before == 0


def test_the_day_is_that_of_the_organisation_to_its_end(told: Store) -> None:
    """What was done on the day itself is among what that day shows."""
    day = (NOW + timedelta(days=7)).date()
    with told.read() as session:
        last = monthly.months(session, day, "Europe/Berlin")[-1]
        found = coverage.covered(session, "UTC", end_of(day, session))
        before = coverage.covered(session, "UTC", end_of(day - timedelta(days=1), session))
    assert last.in_place == sum(each.stage == "in_place" for each in found)
    assert (last.in_place, last.partly) != tuple(
        sum(each.stage == stage for each in before) for stage in ("in_place", "partly")
    )
