"""Days behind a command, as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.away import Wished, read_wished
from bot.slack.days import read_day
from bot.words import Words
from triage.outcome import Refused

TODAY = date(2026, 12, 8)
"""A Tuesday."""
WORDS = Words()


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-12-14", date(2026, 12, 14)),
        ("14.12.", date(2026, 12, 14)),
        ("14.12.2027", date(2027, 12, 14)),
        ("14 December", date(2026, 12, 14)),
        ("December 14th", date(2026, 12, 14)),
        ("Dec 14, 2027", date(2027, 12, 14)),
        ("1 dec", date(2027, 12, 1)),
        ("3rd of January", None),
        ("3 January", date(2027, 1, 3)),
        ("Friday", date(2026, 12, 11)),
        ("tue", date(2026, 12, 15)),
        ("today", TODAY),
        ("tomorrow", date(2026, 12, 9)),
        ("3/4", None),
        ("31 February", None),
        ("2026-13-01", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days(said: str, day: date | None) -> None:
    assert read_day(said, TODAY, WORDS) == day


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_a_day_as_it_is_shown_is_read_back(day: date, today: date) -> None:
    assert read_day(WORDS.day(day), today, WORDS) == day
    assert read_day(day.isoformat(), today, WORDS) == day


@given(st.text(max_size=30))
def test_whatever_is_written_is_a_day_or_none(said: str) -> None:
    found = read_day(said, TODAY, WORDS)
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("said", "wished"),
    [
        ("until 14 December", Wished(TODAY, date(2026, 12, 14), "")),
        ("till Friday, deputy <@U0EVE|eve>", Wished(TODAY, date(2026, 12, 11), "U0EVE")),
        ("<@U0EVE> until 14.12.", Wished(TODAY, date(2026, 12, 14), "U0EVE")),
        ("from 21 December until 3 January <@U0EVE>", Wished(date(2026, 12, 21), date(2027, 1, 3), "U0EVE")),
        ("from Monday to Friday", Wished(date(2026, 12, 14), date(2026, 12, 18), "")),
        ("tomorrow", Wished(TODAY, date(2026, 12, 9), "")),
    ],
)
def test_an_absence(said: str, wished: Wished) -> None:
    assert read_wished(said, TODAY, WORDS) == wished


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ("until the cows come home", "which_days"),
        ("until 14 December <@U0EVE> <@U0DAN>", "which_days"),
        ("from 14 December until 2026-12-10", "days_over"),
        ("until 2026-12-01", "days_over"),
        ("until 2030-01-01", "days_over"),
    ],
)
def test_what_cannot_be_noted_is_refused(said: str, because: str) -> None:
    with pytest.raises(Refused) as refused:
        read_wished(said, TODAY, WORDS)
    assert refused.value.key == because
