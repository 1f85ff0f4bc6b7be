"""Several questions in one message: one press denies them all, and one by one they stay what they are."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import NOT_ASKED, State, answered
from tests.builders import ANA, LOW, a_case, a_desk, a_talk, after, key, says
from triage.case import Case, Status
from triage.companions import MOST
from triage.interview import advance, talk_of
from triage.talk import Asked, Phase, Proposal
from triage.talking import Choose, Explain, Steer, Type

WHO: dict[str, Any] = {"actor": ANA, "case": "case-1"}
OPENING = {q: LOW[q] for q in ("kind", "tool", "purpose", "output_use", "people", "data")}


def at_area(**change: Any) -> Case:
    """A draft whose next question is the first of the protecting lists."""
    answers = OPENING | change.pop("answers", {})
    case = a_case(Status.draft, answers, talk=a_talk(phase=Phase.asking, **change))
    return advance(case, a_desk()).case


def denied(case: Case) -> Choose:
    current = talk_of(case).current
    assert current is not None
    return Choose(
        **WHO,
        key=key(),
        turn=current.turn,
        question=current.question,
        answer=answered("none"),
        throughout=True,
    )


def current(case: Case) -> Asked:
    found = talk_of(case).current
    assert found is not None
    return found


def test_what_is_asked_next_even_so_shares_the_message() -> None:
    assert (current(at_area()).question, current(at_area()).also) == ("area", ("red_flag",))
    seen_outside = at_area(answers={"output_use": answered("shared_unchecked")})
    assert current(seen_outside).also == ("red_flag", "gen_public")
    assert len(current(seen_outside).also) < MOST


def test_what_was_read_of_one_of_them_is_asked_by_itself() -> None:
    for question, value in (("area", "employment"), ("red_flag", "social_scoring")):
        read = Proposal(question=question, answer=answered(value), because="words")
        assert current(at_area(proposals=(read,))).also == ()


def test_one_press_answers_each_of_them_and_each_is_told() -> None:
    outcome = after(at_area(), denied(at_area()))
    answers = outcome.case.answers
    assert [answers[q].picked for q in ("area", "red_flag")] == [("none",), ("none",)]
    told = [line.detail["question"] for line in outcome.happened if line.what == "question.answered"]
    assert told == ["area", "red_flag"]
    assert says(outcome)[0] == "settled"


def test_the_second_half_of_a_double_click_changes_nothing() -> None:
    press = denied(at_area())
    once = after(at_area(), press).case
    assert after(once, press.model_copy(update={"key": key()})).case == once


@pytest.mark.parametrize("words", ["hiring", "1", "1.", "employment", "area.employment"])
def test_what_is_named_answers_its_own_list_and_the_others_are_asked_again(words: str) -> None:
    outcome = after(at_area(), Type(**WHO, key=key(), words=words))
    case = outcome.case
    assert case.answers["area"].picked == ("employment",)
    assert "red_flag" not in case.answers
    assert current(case).question == "red_flag"
    assert [line.detail["question"] for line in outcome.happened] == ["area"]


@pytest.mark.parametrize("words", ["2, 17", "exams and emotions", "Read emotions at work or in education; 2"])
def test_points_of_several_lists_are_answers_to_each(words: str) -> None:
    """Numbers go on from list to list, as they are drawn."""
    outcome = after(at_area(), Type(**WHO, key=key(), words=words))
    answers = outcome.case.answers
    assert answers["area"].picked == ("education",)
    assert answers["red_flag"].picked == ("emotion_work_school",)
    assert {line.detail["question"] for line in outcome.happened} == {"area", "red_flag"}
    assert says(outcome)[0] == "settled"


def test_a_point_of_a_later_list_leaves_the_first_to_be_asked() -> None:
    case = after(at_area(), Type(**WHO, key=key(), words="12")).case
    assert case.answers["red_flag"].picked == ("manipulation",)
    assert "area" not in case.answers
    assert current(case).question == "area"


@pytest.mark.parametrize("words", ["21", "0", "2, 99", "2, tea", "tea, 12"])
def test_a_number_that_no_point_has_answers_nothing(words: str) -> None:
    """In a list by itself the same number may be another choice."""
    case = after(at_area(), Type(**WHO, key=key(), words=words)).case
    assert not {"area", "red_flag"} & set(case.answers)
    assert current(case).question == "area"


def test_a_bare_yes_to_several_lists_is_asked_back() -> None:
    people = {"data": answered("personal"), "area": answered("none"), "red_flag": answered("none")}
    case = at_area(answers=people)
    while "monitoring" not in (current(case).question, *current(case).also):
        case = after(case, Type(**WHO, key=key(), words="not sure")).case
    assert current(case).also
    before = case.answers
    assert after(case, Type(**WHO, key=key(), words="yes")).case.answers == before
    told = after(case, Type(**WHO, key=key(), words="1, 4")).case.answers
    assert {told["monitoring"].picked, told["profiling"].picked} == {("staff",), ("yes",)}


@pytest.mark.parametrize("words", ["no", "Nope.", "neither"])
def test_a_bare_no_is_about_the_first_alone(words: str) -> None:
    """The others are shown again, so nothing is denied that somebody did not mean."""
    case = after(at_area(), Type(**WHO, key=key(), words=words)).case
    assert case.answers["area"].picked == ("none",)
    assert "red_flag" not in case.answers


@pytest.mark.parametrize(
    "words",
    ["none of all this", "No, none of all", "nothing of this", "No to all!", "No, none of these", "None of these.",
     "none", "nope, none of that"],
)  # fmt: skip
def test_what_is_plainly_about_all_is_what_the_button_says(words: str) -> None:
    outcome = after(at_area(), Type(**WHO, key=key(), words=words))
    pressed = after(at_area(), denied(at_area()))
    assert outcome.case.answers == pressed.case.answers
    assert says(outcome) == says(pressed)


def test_one_by_one_takes_back_what_was_denied_together() -> None:
    gone_on = after(at_area(), denied(at_area())).case
    back = after(gone_on, Steer(**WHO, key=key(), wish="back")).case
    assert (current(back).question, current(back).also) == ("area", ("red_flag",))
    outcome = after(back, Steer(**WHO, key=key(), turn=current(back).turn, wish="singly"))
    assert (current(outcome.case).question, current(outcome.case).also) == ("area", ())
    assert outcome.case.answers.get("red_flag", NOT_ASKED).state is State.not_asked
    assert [line.what for line in outcome.happened] == ["question.put_singly", "answer.taken_back"]
    case = after(outcome.case, Type(**WHO, key=key(), words="hiring")).case
    assert current(case).question == "red_flag"


def test_singly_of_a_question_that_stands_alone_changes_nothing() -> None:
    alone = at_area(proposals=(Proposal(question="area", answer=answered("none"), because="x"),))
    assert after(alone, Steer(**WHO, key=key(), wish="singly")).case == alone


def test_why_tells_of_each_of_them() -> None:
    outcome = after(at_area(), Explain(**WHO, key=key(), what="why"))
    assert [notice.facts["question"] for notice in outcome.notices] == ["area", "red_flag"]


@pytest.mark.parametrize("phase", [Phase.asking, Phase.paused])
def test_a_draft_from_before_goes_on_with_the_question_that_it_had(phase: Phase) -> None:
    """It was asked in another order, and one question in a message."""
    kept = Asked.model_validate({"turn": 1, "question": "red_flag", "settled": False, "heard": ""})
    case = a_case(Status.draft, OPENING, talk=a_talk(phase=phase, asked=(kept,)))
    outcome = after(case, Type(**WHO, key=key(), words="none of these"))
    assert outcome.case.answers["red_flag"].picked == ("none",)
    assert current(outcome.case).question == "area"
