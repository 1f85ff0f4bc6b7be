"""The form may change while somebody is being asked: what was said stays, only what is new is asked."""

from __future__ import annotations

from intake.answers import answered
from intake.form import Form
from tests.builders import ANA, a_desk, asking, key, some_answers
from triage.case import Phase
from triage.commands import Choose, Type
from triage.decide import decide
from triage.desk import Desk
from triage.interview import talk_of


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
