"""Another form about a use: which pages and questions apply, what comes next, and who may answer."""

from __future__ import annotations

import pytest

from intake.answers import NOT_ASKED, Answer, answered
from tests.builders import ANA, BEN, CLEO, DAN, a_case, a_desk, key
from triage.case import Case, Status
from triage.contributing import Contribute, check_may_contribute, contribute
from triage.lifecycle import FINAL
from triage.outcome import Refused
from triage.questionnaire import Sheet, after, digest_of, fields, found_of, pages, progress, unfinished
from triage.schemes import questionnaire

AIA = questionnaire("canada-aia")
FORM = AIA.form
DESIGN = {"projectDetailsPhase": answered("item1")}


def command(answers: dict[str, Answer], actor: str = ANA, left: tuple[str, ...] = ()) -> Contribute:
    return Contribute(
        actor=actor, key=key(), case="case-1", form=FORM.id, page="projectDetails", answers=answers, left=left
    )


def test_pages_whose_condition_is_open_come_once_it_is_known() -> None:
    assert [page.id for page in pages(FORM, {})][-1] == "aboutData"
    design = [page.id for page in pages(FORM, DESIGN)]
    assert "fairnessDesign" in design
    assert "fairnessImplementation" not in design


def test_an_answer_that_opens_more_on_its_page_shows_it_again() -> None:
    other = DESIGN | {"businessDrivers1": answered("item6")}
    page = next(page for page in FORM.pages if page.id == "businessDrivers")
    before = frozenset(question.id for question in fields(FORM, page, DESIGN))
    assert after(FORM, other, "businessDrivers", before) == "businessDrivers"
    assert after(FORM, other, "businessDrivers", before | {"motivation-other"}) == "riskProfile"
    assert after(FORM, DESIGN, "privacyDesign", frozenset(FORM.by_id)) == ""


def test_one_goes_on_where_something_is_left() -> None:
    assert unfinished(FORM, {}) == "projectDetails"
    whole = {question.id: answered("x") for question in FORM.pages[0].questions}
    assert unfinished(FORM, whole) == "businessDrivers"
    assert progress(FORM, whole)[0].model_dump() == {"page": "projectDetails", "answered": 13, "asked": 13}


def test_it_is_complete_once_every_choice_that_is_asked_is_made() -> None:
    answers: dict[str, Answer] = dict(DESIGN)
    while open_ones := [
        question
        for page in pages(FORM, answers)
        for question in fields(FORM, page, answers)
        if question.choices and question.id not in answers
    ]:
        assert not found_of(AIA, answers).complete
        answers |= {question.id: answered(question.choices[0].id) for question in open_ones}
    found = found_of(AIA, answers)
    assert found.complete
    assert found.answered < found.asked


def test_only_what_differs_is_said_anew_and_by_whoever_said_it() -> None:
    first = contribute(
        Sheet(case="case-1"), command(DESIGN | {"projectDetailsJob": answered("Analyst")}), AIA, a_desk()
    )
    assert (first.version, first.finding is not None) == (1, True)
    same = contribute(first, command(DESIGN, CLEO), AIA, a_desk())
    assert same == first
    taken_back = contribute(first, command({"projectDetailsJob": NOT_ASKED}, CLEO), AIA, a_desk())
    assert taken_back.facts["projectDetailsJob"].by == CLEO
    assert taken_back.facts["projectDetailsPhase"].by == ANA
    assert digest_of(taken_back.facts) != digest_of(first.facts)
    untouched = command({"projectDetailsJob": NOT_ASKED}, CLEO, left=("projectDetailsJob",))
    assert contribute(first, untouched, AIA, a_desk()) == first


def test_a_question_that_the_form_does_not_have_is_let_go() -> None:
    assert contribute(Sheet(case="case-1"), command({"gone": answered("x")}), AIA, a_desk()).version == 0


@pytest.mark.parametrize("actor", [ANA, BEN, CLEO])
def test_those_whose_use_it_is_and_those_who_look_at_it_may_answer(actor: str) -> None:
    check_may_contribute(a_case(), actor, a_desk())


def refusal(case: Case, actor: str) -> str:
    with pytest.raises(Refused) as refused:
        check_may_contribute(case, actor, a_desk())
    return refused.value.key


def test_nobody_else_may_and_nothing_that_is_over() -> None:
    assert refusal(a_case(), DAN) == "not_yours_to_assess"
    with pytest.raises(Refused, match="audit_reads_only"):
        check_may_contribute(a_case(), ANA, a_desk(visitors=frozenset({ANA})))
    for status in (Status.draft, *FINAL):
        assert refusal(a_case(status), ANA) == "not_to_assess_now"
