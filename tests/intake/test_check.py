"""Plain values read as answers, and what does not fit its question."""

import pytest

from intake.answers import UNSURE, Answer, answered, unsure
from intake.check import Problem, problems, to_answers
from intake.form import Choice, Form, Kind, Page, Question
from intake.forms import ai_use

FORM = ai_use()
TRIP = Form(
    id="trip",
    version="1",
    digest="",
    pages=(
        Page(
            id="only",
            questions=(
                Question(id="day", kind=Kind.date),
                Question(id="cost", kind=Kind.number),
                Question(id="guide", kind=Kind.person, may_be_unsure=False),
                Question(id="way", kind=Kind.one, choices=(Choice(id="train"), Choice(id="boat"))),
            ),
        ),
    ),
)


@pytest.mark.parametrize(
    ("question", "value", "answer"),
    [
        ("data", ["personal", "special"], answered("personal", "special")),
        ("data", "personal", answered("personal")),
        ("data", ["personal", "personal"], answered("personal")),
        ("data", "unsure", UNSURE),
        ("data", ["unsure"], UNSURE),
        ("data", ["unsure", "personal"], unsure("personal")),
        ("kind", "build", answered("build")),
        ("kind", ["build"], answered("build")),
        ("kind", ["build", "unsure"], UNSURE),
        ("profiling", "yes", answered("yes")),
        ("profiling", True, answered("yes")),
        ("profiling", False, answered("no")),
        ("purpose", "Cafe\u0301", answered("Café")),
        ("area", ["none", "employment"], answered("none", "employment")),
    ],
)
def test_plain_values_become_answers(question: str, value: object, answer: Answer) -> None:
    assert to_answers(FORM, {question: value}) == ({question: answer}, ())


@pytest.mark.parametrize("nothing", [None, "", "  ", [], [None, ""]])
def test_nothing_is_not_asked(nothing: object) -> None:
    assert to_answers(FORM, {"data": nothing}) == ({}, ())


@pytest.mark.parametrize(
    ("question", "value", "key"),
    [
        ("colour", "red", "unknown_question"),
        ("data", ["personal", "sound"], "unknown_choice"),
        ("kind", ["build", "use_new"], "only_one"),
        ("kind", 3, "wrong_kind"),
        ("kind", {"id": "build"}, "wrong_kind"),
        ("worst", True, "wrong_kind"),
        ("purpose", ["one", "two"], "only_one"),
        ("purpose", "x" * 3001, "too_long"),
    ],
)
def test_what_does_not_fit_is_a_problem_and_the_rest_goes_on(question: str, value: object, key: str) -> None:
    answers, found = to_answers(FORM, {question: value, "people": ["customers"]})
    assert [(problem.question, problem.key) for problem in found] == [(question, key)]
    assert answers == {"people": answered("customers")}


def test_dates_and_numbers_are_checked() -> None:
    answers, found = to_answers(TRIP, {"day": "2026-02-30", "cost": "ten"})
    assert [problem.key for problem in found] == ["not_a_day", "not_a_number"]
    answers, found = to_answers(TRIP, {"day": "2026-02-28", "cost": 1200})
    assert (answers["day"], answers["cost"], found) == (answered("2026-02-28"), answered("1200"), ())


def test_a_form_that_was_filled_in_is_checked_whole() -> None:
    found = problems(
        FORM,
        {
            "area": answered("none", "employment"),
            "title": unsure(),
            "purpose": answered("x" * 3001),
            "kind": answered("build"),
            "data": Answer(state=answered().state),
            "colour": answered("red"),
        },
    )
    assert {id_: problem.key for id_, problem in found.items()} == {
        "area": "alone",
        "title": "cannot_be_unsure",
        "purpose": "too_long",
        "data": "empty",
        "colour": "unknown_question",
    }
    assert found["purpose"].facts == {"length": 3001, "longest": 3000}


def test_a_problem_can_be_read_in_a_log() -> None:
    assert str(Problem(question="data", key="unknown_choice", facts={"choice": "sound"})) == (
        "data: unknown choice (choice sound)"
    )
