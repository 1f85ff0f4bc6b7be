"""Numbers of people in words, and what only looks like one."""

from __future__ import annotations

import pytest

from intake.answers import Answer
from intake.typed import read_typed
from tests.builders import a_desk

COUNTED = {
    "about 8 of us": "lt100",
    "8 people": "lt100",
    "about eight": "lt100",
    "just a dozen colleagues": "lt100",
    "around twenty-five people": "lt100",
    "about 500 customers a year": "lt1000",
    "maybe two hundred": "lt1000",
    "roughly 3 thousand users": "lt10000",
    "some 50,000 citizens": "gt10000",
    "there are 12 of us": "lt100",
    "two million people": "gt10000",
}
DOUBTFUL = (
    "about 100", "around 900 people", "8 teams", "8 a day", "about 8 per week", "more than 8", "more than 10",
    "over 50 people", "5 or 500",
    "between 50 and 150", "not 8 people", "8 percent", "at least 8 people", "about 8 calls",
    "8 of us and our customers",
    "GPT 4", "many", "about 10 thousand people",
)  # fmt: skip


def picked(words: str) -> tuple[str, ...]:
    desk = a_desk()
    heard = read_typed(words, desk.form.by_id["scale"], desk.wording)
    return heard.picked if isinstance(heard, Answer) else ()


@pytest.mark.parametrize("words", COUNTED)
def test_a_number_in_words_picks_what_it_falls_into(words: str) -> None:
    assert picked(words) == (COUNTED[words],)


@pytest.mark.parametrize("words", DOUBTFUL)
def test_a_number_that_may_mean_something_else_is_asked_about(words: str) -> None:
    assert picked(words) == ()


def test_a_question_without_numbers_is_not_answered_by_one() -> None:
    desk = a_desk()
    assert not isinstance(read_typed("about 8 of us", desk.form.by_id["worst"], desk.wording), Answer)
