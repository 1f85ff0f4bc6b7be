"""Working days: what counts, what stood still while somebody was asked, and what neither moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANA, BEN, LOW, a_case, a_desk, a_talk, key
from triage.calendar import working_days_after, working_days_between
from triage.case import Case, Phase, Status
from triage.commands import AskRequester, Type
from triage.decide import decide

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
BERLIN: dict[str, Any] = {"zone": "Europe/Berlin", "country": "DE"}


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
    assert working_days_between(MONDAY, MONDAY + later, **BERLIN) == days


def test_a_public_holiday_does_not_count() -> None:
    before = datetime(2026, 12, 24, 8, tzinfo=UTC)
    assert working_days_between(before, datetime(2026, 12, 28, 20, tzinfo=UTC), zone="UTC", country="DE") == 2
    assert working_days_between(before, datetime(2026, 12, 28, 20, tzinfo=UTC), zone="UTC", country=None) == 3


@given(st.integers(0, 60 * 24 * 40), st.integers(0, 30))
def test_so_many_days_after_are_so_many_days_between(minutes: int, days: int) -> None:
    """And today, where it has not closed yet."""
    start = MONDAY + timedelta(minutes=minutes)
    midnight = start.astimezone(ZoneInfo("Europe/Berlin")).replace(hour=23, minute=59)
    today = working_days_between(start, midnight, **BERLIN)
    end = working_days_after(start, days, **BERLIN)
    assert working_days_between(start, end, **BERLIN) == days + today


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
