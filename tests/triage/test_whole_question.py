"""A yes is for the whole question: whatever else is said in it, wherever it stands, makes it none."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake.answers import answered
from intake.sentence import hints
from intake.wording import forms
from tests.triage.test_may_i import CATALOGUE, told, use
from triage.may_i import YES
from triage.suited import suited

PURPOSE = "Write down what is said in our own meetings"
ANSWERS = {
    "account": answered("enterprise"),
    "data": answered("internal"),
    "people": answered("only_team"),
    "output_use": answered("draft_self"),
    "area": answered("none"),
}
APPROVED = use(title=f"Otter.ai: {PURPOSE}", purpose=PURPOSE, answers=ANSWERS)
ASKED = "Can I use Otter to write down what is said in our own meetings?"


@pytest.mark.parametrize(
    "words",
    [
        ASKED,
        "can we use Otter to write down what is said in our own meetings",
        "Hi team, quick question: may I use Otter.ai to write down what is said in our own meetings, please?",
        "Am I allowed to use Otter for writing down what is said in our own meetings? Thanks!",
        "Is it ok to use Otter for what is said in our own meetings, to write it down?",
        "I’d like to use Otter to write down what’s said in our own meetings.",
        "Can I write down what is said in our own meetings with Otter?",
        "Can I use Otter Enterprise to write down what is said in our own meetings?",
        "Can I use Otter to write down what is said in my own meeting?",
    ],
)
def test_who_asks_in_its_words_hears_yes(words: str) -> None:
    assert told(words, APPROVED).kind == "yes"


@pytest.mark.parametrize(
    "words",
    [
        "Can I use Otter with patient records to write down what is said in our own meetings?",
        "Can I use Otter for our customers' health data to write down what is said in our own meetings?",
        "Can I use Otter at job interviews of applicants to write down what is said in our own meetings?",
        "I am a doctor and record patients. Can I use Otter to write down what is said in our own meetings?",
        f"{ASKED} They are with patients of the hospital.",
        f"{ASKED} And then to rate employees by it?",
        f"{ASKED}\nAnd of others.",
        "Can I use Otter and fire people by what it says to write down what is said in our own meetings?",
        "Can I use Otter through my cousin's login to write down what is said in our own meetings?",
        "Can I use Otter under my gmail to write down what is said in our own meetings?",
        "Can I use Otter Free to write down what is said in our own meetings?",
        "Can I use Otter to write down everything that is said in our own meetings?",
        "Can I use Otter to write down what anyone said in our own meetings?",
        "Can I use Otter to write down what is said in all our own company meetings?",
        "Can I use Otter to write down what is said in 500 of our own meetings?",
        f"{ASKED} {'Please. ' * 600}And of patients.",
    ],
)
def test_whatever_else_is_said_makes_it_none(words: str) -> None:
    assert told(words, APPROVED).kind not in YES


@pytest.mark.parametrize(
    ("approved", "other"),
    [
        ("Summarise our policies", "summarise our police"),
        ("Summarise our notes", "summarise our notary"),
        ("Summarise our secrets", "summarise our secretary"),
        ("Summarise our customs forms", "summarise our customer forms"),
        ("Summarise our parts", "summarise our party"),
    ],
)
def test_words_that_only_begin_alike_are_others(approved: str, other: str) -> None:
    known = use(title=f"Otter.ai: {approved}")
    assert told(f"Can I use Otter to {approved.lower()}?", known).kind == "yes"
    assert told(f"Can I use Otter to {other}?", known).kind not in YES


def test_nor_is_a_list_of_what_is_approved_for_that_a_yes_to_other_words() -> None:
    entries = [use(title="Otter.ai: Summarise our policies").use]
    assert suited("what may I use to summarise policies?", entries, CATALOGUE).fit == "all"
    for other in ("our police", "policies of anyone", "policies for everything"):
        assert suited(f"what may I use to summarise {other}?", entries, CATALOGUE).fit == "some"


def test_a_hint_counts_unless_the_approved_words_give_it_themselves() -> None:
    """ "What is said in meetings" hints at personal data; whoever approved it as internal has read that."""
    of_patients = f"{PURPOSE} with patients"
    asked = f"Can I use Otter to {of_patients.lower()}?"
    assert told(asked, use(title=f"Otter.ai: {of_patients}", answers=ANSWERS)).kind == "yes"
    calls = use(title="Otter.ai: Notes on calls in sales", answers=ANSWERS)
    assert told("Can I use Otter for notes on calls in sales?", calls).kind == "yes"
    assert told("Can I use Otter for notes on sales calls?", calls).kind not in YES
    own = use(title="Otter.ai: Own letters of a private account", answers=ANSWERS)
    assert told("Can I use Otter with my own private account for letters?", own).kind not in YES


def test_one_name_is_left_out_and_nothing_else_that_was_taken_for_one() -> None:
    assert told(ASKED.replace("Otter", "catalogue, Otter"), APPROVED).kind not in YES


def test_an_account_that_nobody_was_asked_about_is_none_that_was_approved() -> None:
    assert told(ASKED.replace("Otter", "Otter Enterprise"), use(title=f"Otter.ai: {PURPOSE}")).kind not in YES


SAID = frozenset().union(*(forms(word) for word in PURPOSE.lower().split()))
HARMLESS = hints().only_ask | {"enterprise"} | hints().greetings | hints().greeted | hints().asides
SPOKEN = sorted(
    {
        *hints().asking, *hints().english, *hints().foreign, "patients", "private", "gmail", "fire", "rate",
        "applicants", "secretly", "children", "every", "their", "everybody", "customers", "police", "votes",
        "meet", "ownership",
    }
)  # fmt: skip
OTHERS = (st.sampled_from(SPOKEN) | st.from_regex(r"[a-z]{2,9}", fullmatch=True)).filter(
    lambda word: word not in HARMLESS and SAID.isdisjoint(forms(word))
)


@settings(max_examples=300, deadline=None)
@given(OTHERS, st.integers(0, 99), st.sampled_from(["", ",", ".", "?"]))
@example("everything", 5, "")
@example("company", 11, "")
@example("patients", 99, ".")
def test_one_word_more_is_never_a_yes(word: str, where: int, sign: str) -> None:
    said = ASKED.split()
    at = where % (len(said) + 1)
    more = " ".join([*said[:at], word + sign, *said[at:]])
    assert told(more, APPROVED).kind not in YES, more
