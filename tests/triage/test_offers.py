"""Half a yes is no answer; a yes or a no is about what was offered last, and where nobody can tell, it is asked."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import UNSURE, answered
from tests.builders import ANA, LOW, after, asking, begun, key, says
from triage.case import Case
from triage.interview import talk_of, with_talk
from triage.talk import Phase, Proposal
from triage.talking import Type

WHO: dict[str, Any] = {"actor": ANA, "case": "case-1"}
CUSTOMERS = Proposal(question="people", answer=answered("customers"), because="customer calls")
HIRING = Proposal(question="area", answer=answered("employment"), because="hiring")


def typed(words: str) -> Type:
    return Type(**WHO, key=key(), words=words)


def at(question: str, *proposals: Proposal) -> Case:
    case = asking(question, answers={q: a for q, a in LOW.items() if q in ("kind", "tool")})
    return with_talk(case, proposals=proposals)


@pytest.mark.parametrize("words", ["I don't think so", "no, I don't think so", "not really", "Probably not."])
@pytest.mark.parametrize(("question", "meant"), [("profiling", "no"), ("area", "none"), ("red_flag", "none")])
def test_half_a_no_lowers_nothing_and_is_confirmed_in_one_press(
    words: str, question: str, meant: str
) -> None:
    outcome = after(at(question), typed(words))
    assert question not in outcome.case.answers
    (said,) = outcome.notices
    assert (said.facts["reason"], said.facts["candidates"], said.facts["whole"]) == (
        "half_hearted",
        (meant,),
        True,
    )
    firm = after(outcome.case, typed("no")).case
    assert firm.answers[question] == answered(meant)


@pytest.mark.parametrize("question", ["profiling", "area"])
def test_a_yes_to_an_offered_no_is_asked_about(question: str) -> None:
    outcome = after(at(question), typed("not really"), typed("yes please"))
    assert question not in outcome.case.answers
    assert outcome.notices[0].facts["reason"] == "two_answers"


@pytest.mark.parametrize("words", ["idk", "dunno", "no idea", "hmm, no idea, sorry", "maybe", "it depends"])
def test_who_does_not_know_is_not_sure(words: str) -> None:
    for question in ("profiling", "area", "account", "people"):
        assert after(at(question), typed(words)).case.answers[question] == UNSURE


@pytest.mark.parametrize(
    ("words", "answer"), [("yes please", "yes"), ("yep", "yes"), ("nope", "no"), ("nah", "no")]
)
def test_firm_words_are_answers(words: str, answer: str) -> None:
    assert after(at("profiling"), typed(words)).case.answers["profiling"] == answered(answer)


def test_a_yes_takes_the_choice_that_was_offered_last() -> None:
    unclear = after(at("people"), typed("customers maybe"))
    assert unclear.notices[0].facts["candidates"] == ("customers",)
    assert after(unclear.case, typed("yes")).case.answers["people"] == answered("customers")
    other = after(unclear.case, typed("no"))
    assert "people" not in other.case.answers
    assert other.notices[0].facts["reason"] == "not_that"


def test_a_yes_takes_what_was_read_in_the_first_words_and_a_no_does_not_mean_none() -> None:
    assert after(at("people", CUSTOMERS), typed("yes, that's right")).case.answers["people"] == answered(
        "customers"
    )
    assert after(at("area", HIRING), typed("yes")).case.answers["area"] == answered("employment")
    no = after(at("area", HIRING), typed("no"))
    assert "area" not in no.case.answers
    assert (no.notices[0].facts["reason"], no.notices[0].facts["candidates"]) == ("not_that", ("none",))


def test_what_was_offered_for_one_question_is_forgotten_with_it() -> None:
    case = after(at("people"), typed("customers maybe"), typed("skip")).case
    current = talk_of(case).current
    assert current is not None
    assert current.meant == ()


def test_a_bare_yes_to_a_list_is_asked_which() -> None:
    assert after(at("area"), typed("yes")).notices[0].facts["reason"] == "which_of_them"


def test_a_no_to_the_first_reply_asks_everything() -> None:
    outcome = after(begun(), typed("no, that's wrong"))
    assert says(outcome) == ["still_offered"]
    outcome = after(begun(), typed("no"))
    assert (talk_of(outcome.case).phase, outcome.case.answers) == (Phase.asking, {})
