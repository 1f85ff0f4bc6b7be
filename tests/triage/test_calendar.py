"""Working days: what counts, what stood still while somebody was asked, and what neither moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANA, BEN, LOW, a_case, a_desk, a_talk, key
from triage.calendar import Calendar
from triage.case import Case, Status
from triage.commands import AskRequester
from triage.decide import decide
from triage.talk import Phase
from triage.talking import Type

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
BERLIN = Calendar("Europe/Berlin", "DE")


@pytest.mark.parametrize(
    ("later", "days"),
    [
        (timedelta(), 0),
        (timedelta(hours=5, minutes=59), 0),
        (timedelta(hours=6), 1),
        (timedelta(days=2), 2),
        (timedelta(days=4, hours=8), 5),
        (timedelta(days=6), 5),
        (timedelta(days=7), 5),
    ],
)
def test_a_working_day_counts_once_it_has_closed(later: timedelta, days: int) -> None:
    """At five in the afternoon in Berlin, which is four o'clock UTC; the weekend does not count."""
    assert BERLIN.closes_between(MONDAY, MONDAY + later) == days


def test_a_public_holiday_does_not_count() -> None:
    before = datetime(2026, 12, 24, 8, tzinfo=UTC)
    assert Calendar("UTC", "DE").closes_between(before, datetime(2026, 12, 28, 20, tzinfo=UTC)) == 2
    assert Calendar("UTC", None).closes_between(before, datetime(2026, 12, 28, 20, tzinfo=UTC)) == 3


@given(st.integers(0, 60 * 24 * 40), st.integers(0, 30))
def test_so_many_days_after_are_so_many_days_between(minutes: int, days: int) -> None:
    """And today, where it has not closed yet."""
    start = MONDAY + timedelta(minutes=minutes)
    midnight = start.astimezone(ZoneInfo("Europe/Berlin")).replace(hour=23, minute=59)
    today = BERLIN.closes_between(start, midnight)
    end = BERLIN.after(start, days)
    assert BERLIN.closes_between(start, end) == days + today


def asked(case: Case) -> Case:
    desk = replace(a_desk(), now=MONDAY)
    question = AskRequester(actor=BEN, key=key(), case="case-1", question="Who listens?")
    return decide(case, question, desk).case


def answered_after(waiting: Case, later: timedelta) -> Case:
    desk = replace(a_desk(), now=MONDAY + later)
    words = Type(actor=ANA, key=key(), case="case-1", words="My team")
    return decide(waiting, words, desk).case


def test_the_clock_stands_while_a_question_waits_for_its_answer() -> None:
    """Whoever decides loses no day of theirs by it, and gains none."""
    friday = datetime(2026, 11, 27, 16, tzinfo=UTC)
    case = a_case(Status.in_review, LOW, due_at=friday, talk=a_talk(person=ANA, phase=Phase.closed))
    waiting = asked(case)
    assert waiting.status is Status.needs_info
    assert answered_after(waiting, timedelta(hours=1)).due_at == friday
    moved = answered_after(waiting, timedelta(days=2)).due_at
    assert moved is not None
    assert (moved - friday) == timedelta(days=4), "two working days, over a weekend"


CALENDARS = [
    Calendar("Europe/Berlin", "DE"),
    Calendar("America/New_York", "US"),
    Calendar("Asia/Riyadh", "SA"),
    Calendar("Pacific/Kiritimati", None),
    Calendar("Australia/Lord_Howe", "AU"),
]
MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(st.sampled_from(CALENDARS), MOMENTS, st.sampled_from([1, 2, 5, 10]))
def test_a_term_ends_at_the_close_of_a_working_day_and_half_of_it_is_left_before(
    calendar: Calendar, now: datetime, days: int
) -> None:
    """Over weekends, holidays, the turn of a year and of a clock, wherever somebody works."""
    due = calendar.after(now, days)
    assert due.astimezone(ZoneInfo(calendar.zone)).hour == 17
    assert calendar.works_on(calendar.day_of(due))
    half = calendar.half_left(due, days)
    assert now < half < due
    assert calendar.opens(half) == half, "nobody is reminded outside of their hours"
    assert calendar.closes_between(half, due) == (days + 1) // 2


@given(st.sampled_from(CALENDARS), MOMENTS)
def test_what_opens_is_a_working_hour_and_never_earlier(calendar: Calendar, moment: datetime) -> None:
    opens = calendar.opens(moment)
    assert opens >= moment
    assert calendar.opens(opens) == opens
    assert calendar.works_on(calendar.day_of(opens))
    assert calendar.next_morning(moment) > moment
    assert calendar.day_of(calendar.next_morning(moment)) > calendar.day_of(moment)


@given(st.sampled_from(CALENDARS), MOMENTS, st.integers(1, 12))
def test_the_nth_close_has_so_many_closes_before_it(calendar: Calendar, now: datetime, number: int) -> None:
    found = calendar.nth_close(now, number)
    assert calendar.closes_between(now, found) == number


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("SA", date(2026, 12, 4), False),  # a Friday
        ("SA", date(2026, 12, 6), True),  # a Sunday
        ("DE", date(2026, 1, 6), True),
        ("DE-BY", date(2026, 1, 6), False),  # Epiphany, in Bavaria only
        (None, date(2026, 12, 25), True),
        (None, date(2026, 12, 26), False),
    ],
)
def test_weekends_and_holidays_are_those_of_the_country(country: str | None, day: date, works: bool) -> None:
    assert Calendar("UTC", country).works_on(day) is works
