"""Ids of Slack are left out of what goes outside, and words in capitals stay: an id has a digit, a word has none."""

from __future__ import annotations

from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.aims.outward import LEFT, outward

FIRST, SIGNS = "UWCDG", ascii_uppercase + "0123456789"
KINDS = st.sampled_from(FIRST)


@given(KINDS, st.text(SIGNS, min_size=8, max_size=20), st.integers(0, 20), st.sampled_from("0123456789"))
def test_an_id_of_slack_is_left_out_wherever_its_digit_is(
    kind: str, rest: str, place: int, digit: str
) -> None:
    place %= len(rest)
    id = f"{kind}{rest[:place]}{digit}{rest[place + 1 :]}"
    assert outward(f"Ask {id}, or ({id}).", ()) == f"Ask {LEFT}, or ({LEFT})."


@given(KINDS, st.text(ascii_uppercase, max_size=20))
def test_a_word_in_capitals_stays(kind: str, rest: str) -> None:
    assert outward(f"{kind}{rest} is kept", ()) == f"{kind}{rest} is kept"


@pytest.mark.parametrize(
    "said",
    [
        "COMPLIANCE",
        "GOVERNANCE",
        "UNDERSTANDING",
        "CONFIDENTIALITY",
        "DOCUMENTATION",
        "WHATSOEVER",
        "C2PA",
        "GPT4",
    ],
)
def test_headings_and_short_names_are_kept(said: str) -> None:
    assert outward(f"{said}: people decide", ()) == f"{said}: people decide"


@pytest.mark.parametrize(
    "said", ["U0DANA00000", "C024BE91L", "W012A3CDE", "D0ABCDEFGH9", "GABCDEFG1", "<@UABCDEFGHIJ>"]
)
def test_ids_as_slack_gives_them_are_left_out(said: str) -> None:
    assert outward(f"Ask {said} first", ()) == f"Ask {LEFT} first"
