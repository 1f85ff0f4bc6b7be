"""Whole words in whatever number or tense, and no others that only begin alike."""

from __future__ import annotations

import pytest

from intake.sentence import hints
from intake.wording import forms, has_all, wording


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("meeting", "meetings"), ("policy", "policies"), ("transcribe", "transcribing"), ("transcribe", "transcribed"),
        ("transcription", "transcribe"), ("transcripts", "transcription"), ("summarise", "summarize"),
        ("summarizing", "summaries"), ("translations", "translate"), ("plan", "planning"), ("rate", "rating"),
        ("rates", "rated"), ("call", "calling"), ("cancel", "cancelled"), ("draft", "drafting"), ("box", "boxes"),
        ("case", "cases"), ("add", "adding"), ("carry", "carried"), ("employee", "employees"),
        ("record", "recorded"),
    ],
)  # fmt: skip
def test_the_same_word_bent(one: str, other: str) -> None:
    assert has_all(wording(one), wording(other))
    assert has_all(wording(other), wording(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("policy", "police"), ("policies", "police"), ("notary", "notes"), ("secretary", "secrets"),
        ("customer", "customs"), ("party", "parts"), ("parties", "parts"), ("rats", "rating"), ("plane", "planning"),
        ("care", "car"), ("cars", "caring"), ("new", "news"), ("good", "goods"), ("arm", "arms"), ("hop", "hoping"),
        ("organ", "organisation"), ("station", "state"), ("ads", "adding"), ("process", "proceed"), ("see", "seed"),
        ("minister", "ministry"), ("applications", "apply"), ("general", "generate"), ("1", "2"),
    ],
)  # fmt: skip
def test_another_word(one: str, other: str) -> None:
    assert not has_all(wording(one), wording(other))
    assert not has_all(wording(other), wording(one))


@pytest.mark.parametrize(
    "word", ["everything", "anyone", "anything", "any", "all", "company", "applications", "every", "from"]
)
def test_how_much_or_whose_it_is_is_never_left_out(word: str) -> None:
    assert wording(f"may I use it for {word}?") == {word}


def test_nothing_is_left_out_that_a_likeness_counts() -> None:
    assert hints().only_ask <= hints().asking


def test_what_is_joined_to_a_word_is_no_word() -> None:
    assert wording("The team’s meeting, what's said; they're 12") == {"team", "meeting", "said", "they", "12"}
    assert "street" in forms("streets")
