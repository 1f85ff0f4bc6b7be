"""The form may change while somebody is being asked: what was said stays, only what is new is asked."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import Answer, answered, unsure
from intake.form import Form
from tests.builders import (
    ANA,
    BEN,
    LOW,
    a_case,
    a_desk,
    a_talk,
    after,
    asking,
    facts,
    key,
    says,
    some_answers,
)
from triage.case import Case, Status
from triage.commands import Approve, Command
from triage.decide import decide
from triage.desk import Desk
from triage.interview import judged, talk_of, upcoming
from triage.outcome import Refused
from triage.talk import Phase, Proposal
from triage.talking import Choose, Edit, Fill, Start, Steer, Submit, Type


def renamed(form: Form, old: str, new: str) -> Form:
    """Tomorrow's form: one question goes by another name."""
    pages = tuple(
        page.model_copy(
            update={
                "questions": tuple(
                    q.model_copy(update={"id": new}) if q.id == old else q for q in page.questions
                )
            }
        )
        for page in form.pages
    )
    return Form(id=form.id, version="2", digest="tomorrow", pages=pages, terms=form.terms)


def tomorrow() -> Desk:
    return a_desk(form=renamed(a_desk().form, "stage", "phase_of_life"))


def test_a_question_that_vanished_is_left_and_the_words_are_kept() -> None:
    case = asking("stage", answers=some_answers())
    outcome = decide(case, Type(actor=ANA, key=key(), case=case.id, words="a pilot, I think"), tomorrow())
    assert [h.what for h in outcome.happened] == ["form.changed"]
    assert outcome.happened[0].texts == {"words": "a pilot, I think"}
    assert outcome.case.answers == case.answers
    assert talk_of(outcome.case).phase is Phase.summary
    assert talk_of(outcome.case).form_digest == "tomorrow"


def test_a_press_on_a_vanished_question_answers_nothing() -> None:
    case = asking("stage", answers=some_answers())
    press = Choose(actor=ANA, key=key(), case=case.id, turn=1, question="stage", answer=answered("pilot"))
    assert "stage" not in decide(case, press, tomorrow()).case.facts


def test_a_question_that_stayed_goes_on_as_before() -> None:
    case = asking("data", answers=some_answers())
    press = Choose(actor=ANA, key=key(), case=case.id, turn=1, question="data", answer=answered("public"))
    assert decide(case, press, tomorrow()).case.answers["data"] == answered("public")


# -- facts of yesterday

WHO: dict[str, Any] = {"actor": ANA, "case": "case-1"}


def with_fact(question: str, answer: Answer, **change: Answer) -> Case:
    """A draft that holds a fact which today's form would not take."""
    return a_case(Status.draft, some_answers(**change)).model_copy(
        update={"facts": facts(some_answers(**change) | {question: answer})}
    )


def test_a_fact_on_a_question_that_is_gone_is_named_and_judged_around() -> None:
    case = judged(with_fact("gone", answered("x")), a_desk())
    assert case.verdict is not None
    assert case.verdict.ignored == ("gone",)
    assert case.verdict.results == (a_case().verdict or case.verdict).results
    assert case.answers["gone"] == answered("x"), "the fact stays"


@pytest.mark.parametrize(
    "command",
    [
        Submit(**WHO, key="1"),
        Steer(**WHO, key="2", wish="hand_over"),
        Edit(**WHO, key="3", question="data"),
        Fill(**WHO, key="4", answers=LOW),
        Type(**WHO, key="5", words="submit"),
    ],
    ids=lambda c: c.do,
)
def test_whatever_is_done_with_such_a_fact(command: Command) -> None:
    assert decide(with_fact("gone", answered("x")), command, a_desk()).case.answers["gone"] == answered("x")


@pytest.mark.parametrize("question", ["red_flag", "data", "output_use"])
def test_a_choice_that_is_gone_leaves_its_question_open(question: str) -> None:
    """Never closed, and never harmless."""
    gone = judged(with_fact(question, answered("gone_choice")), a_desk()).verdict
    open_ = judged(with_fact(question, unsure()), a_desk()).verdict
    assert gone is not None
    assert open_ is not None
    assert (gone.results, gone.gaps) == (open_.results, open_.gaps)
    assert not gone.settled


def test_what_is_left_of_such_an_answer_is_sure() -> None:
    case = judged(with_fact("red_flag", answered("social_scoring", "gone_choice")), a_desk())
    assert case.verdict is not None
    assert case.verdict.results["eu"].floor == "prohibited"


def test_such_an_answer_is_asked_again_and_never_approved() -> None:
    case = with_fact("red_flag", answered("gone_choice"))
    assert upcoming(case, a_desk()) == "red_flag"
    request = judged(case.model_copy(update={"status": Status.in_review}), a_desk())
    with pytest.raises(Refused, match="still_open"):
        decide(
            request,
            Approve(actor=BEN, key=key(), case="case-1"),
            a_desk(roles={"committee": frozenset({BEN}), "reviewer": frozenset({BEN})}),
        )


def test_what_was_read_from_words_is_not_confirmed_where_the_form_lost_it() -> None:
    read = (
        Proposal(question="gone", answer=answered("x"), because="x"),
        Proposal(question="data", answer=answered("gone_choice"), because="x"),
        Proposal(question="people", answer=answered("only_team"), because="team"),
    )
    case = a_case(Status.draft, {}, talk=a_talk(proposals=read))
    assert set(after(case, Start(**WHO, key=key(), confirm=True)).case.facts) == {"people"}


# -- wishes while the open question is gone


def stuck() -> Case:
    return asking("gone", "purpose", answers={"purpose": answered("x")})


def test_what_is_about_no_question_goes_through() -> None:
    filled = decide(stuck(), Fill(**WHO, key=key(), answers=LOW), a_desk())
    assert filled.case.answers == LOW
    assert says(filled) == ["settled", "summary"]
    for words in ("cancel", None):
        wish = Type(**WHO, key=key(), words=words) if words else Steer(**WHO, key=key(), wish="cancel")
        assert decide(stuck(), wish, a_desk()).case.status is Status.withdrawn
    assert (
        talk_of(decide(stuck(), Steer(**WHO, key=key(), wish="pause"), a_desk()).case).phase is Phase.paused
    )
    assert decide(stuck(), Steer(**WHO, key=key(), wish="hand_over"), a_desk()).case.handed_over


@pytest.mark.parametrize(
    "command",
    [
        Submit(**WHO, key="1"),
        Steer(**WHO, key="2", wish="skip"),
        Steer(**WHO, key="3", wish="back"),
        Steer(**WHO, key="4", wish="resume"),
        Type(**WHO, key="5", words="yes we do"),
    ],
    ids=lambda c: c.do,
)
def test_everything_else_goes_on_with_what_is_asked_today(command: Command) -> None:
    outcome = decide(stuck(), command, a_desk())
    assert [line.what for line in outcome.happened] == ["form.changed"]
    assert says(outcome) == ["settled", "question"]
