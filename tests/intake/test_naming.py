"""Words that plainly name an option of a question that was answered, and those that only look so."""

from __future__ import annotations

import pytest

from intake.naming import named
from intake.vocabulary import normal
from tests.builders import a_desk

ASKED = (
    "kind", "output_use", "people", "data", "area", "red_flag", "worst", "scale", "account", "train_on_data",
    "profiling", "gen_public", "influence", "check",
)  # fmt: skip


def told(words: str, *, in_rows: bool = False) -> tuple[str, tuple[str, ...]] | None:
    desk = a_desk()
    rows = {normal(name): q for q in ASKED for name in (desk.wording.short(q), q)}
    found = named(words, rows, [desk.form.by_id[q] for q in ASKED], desk.wording, in_rows=in_rows)
    return (found.question, found.choices) if found else None


NAMED = {
    "sorry, we have a paid team plan": ("account", ("team",)),
    "actually it is a company contract": ("account", ("enterprise",)),
    "we do have a company contract": ("account", ("enterprise",)),
    "we use our team licence": ("account", ("team",)),
    "it runs on our own machines": ("account", ("self_hosted",)),
    "no, we have a paid team plan": ("account", ("team",)),
    "sorry, no, we have a paid team plan": ("account", ("team",)),
    "oh, it is a free account": ("account", ("personal_free",)),
    "the access is the paid team plan": ("account", ("team",)),
    "Access: paid team plan": ("account", ("team",)),
    "the data is internal": ("data", ("internal",)),
    "the data is internal, about no one": ("data", ("internal",)),
    "actually the data is only internal stuff, nothing about people": ("data", ("internal",)),
    "the data is personal and confidential": ("data", ("confidential", "personal")),
    "customers read it, too": ("people", ("customers",)),
    "sorry, customers": ("people", ("customers",)),
    "sorry, it also reaches patients": ("people", ("patients",)),
    "change the people affected to customers": ("people", ("customers",)),
    "wait, a person checks each one": ("check", ("every_output",)),
    "actually more than 10,000": ("scale", ("gt10000",)),
    "there is source code in it": ("data", ("confidential",)),
}
"""What somebody writes, the question, and its options."""

NAMES_NONE = (
    "sorry, we have no team plan",
    "it is not a company contract",
    "do we have a company contract?",
    "thanks, that was quick",
    "please hurry, my boss waits",
    "the weather is nice",
    "sorry for the delay",
    "actually that is fine",
    "it is urgent",
    "we never put personal data in",
    "the data is not right",
    "the data is great",
    "either a company contract or a paid team plan",
    "can somebody call me",
    "yes but hurry",
    "the customers we talked about last year in that long meeting are all very happy with what we do now",
    "who decides this?",
    "I will be on holiday next week",
    "internal",
    "no company account",
    "sorry, no company account",
    "actually no company account",
    "no human review",
    "no health data",
    "customers never see it",
    "the data is anything but public",
    "the data is far from public",
    "we used to have a paid team plan",
    "we work without a company contract",
)


@pytest.mark.parametrize("words", NAMED)
def test_an_option_named_plainly_is_found(words: str) -> None:
    assert told(words) == NAMED[words]


@pytest.mark.parametrize("words", NAMES_NONE)
def test_what_names_none_or_two_is_left(words: str) -> None:
    assert told(words) is None


def test_where_something_else_may_be_meant_only_a_row_named_counts() -> None:
    assert told("we have a paid team plan", in_rows=True) is None
    assert told("the access is a paid team plan", in_rows=True) == ("account", ("team",))
