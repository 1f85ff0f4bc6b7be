"""Which question to ask: every one that is asked can move something, and nothing that can is left out."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest

from intake.answers import NOT_ASKED, Answer, Answers, State, answered, unsure
from intake.condition import View
from intake.form import Kind, Question
from tests.triage.drawing import Drawn, blur, draw
from tests.triage.promises import BOOK, PROGRAM, drawn, ranks, truths_of
from tests.triage.reading import DAY, EU, FORM, Case, d5_cases, given
from triage.judge import judge
from triage.organisation import to_settings
from triage.relevance import Outlook, next_question, questions_left
from triage.trace import Trace
from triage.trials import trials

SETTINGS = to_settings(EU, tool_in_catalogue=True)
OPENING: dict[str, object] = {
    "kind": "use_catalogue",
    "tool": "a tool",
    "purpose": "a purpose",
    "output_use": ["draft_self"],
    "people": ["only_team"],
    "data": ["internal"],
    "area": ["none"],
    "red_flag": ["none"],
}


def asks(answers: Answers, asked: frozenset[str] = frozenset()) -> str | None:
    question = next_question(FORM, BOOK, answers, SETTINGS, asked)
    return question.id if question else None


def test_the_records_come_first_and_then_the_form_in_its_order() -> None:
    order: list[str] = []
    answers: Answers = {}
    while question := asks(answers, frozenset(order)):
        order.append(question)
        answers = {**answers, **given({question: OPENING[question]})}
    assert order == list(OPENING)


def test_nothing_is_asked_that_can_move_nothing() -> None:
    assert asks(given({**OPENING, "data": ["special"]})) == "scale"
    assert asks(given({**OPENING, "output_use": ["draft_self"]})) is None
    stopped = given({**OPENING, "red_flag": ["social_scoring"], "data": ["secrets_credentials"]})
    assert asks(stopped) is None


def test_a_question_that_was_passed_over_is_not_asked_again() -> None:
    asked = frozenset(("kind", "tool", "purpose", "output_use"))
    assert asks({}, asked) == "people"


def test_not_sure_opens_the_branch_it_might_have_closed() -> None:
    answers = given({**OPENING, "area": "unsure"})
    assert asks(answers) == "function"


def test_a_branch_waits_while_what_opens_it_has_not_been_asked() -> None:
    outlook = Outlook(PROGRAM, {}, SETTINGS)
    assert not outlook.may_ask("function")
    assert "function" not in outlook.gaps


def test_what_two_answers_could_move_only_together_is_asked_too() -> None:
    """Influence moves nothing alone, nor does profiling; together they make the assessment mandatory."""
    answers = {
        **OPENING,
        "output_use": ["decides_people"],
        "people": ["staff_applicants"],
        "data": ["personal"],
        "area": ["employment"],
        "function": "admin_only",
        "worst": "material_loss",
        "scale": "lt100",
    }
    outlook = Outlook(PROGRAM, given(answers), SETTINGS)
    assert outlook.moved_together >= {"influence", "profiling"}
    assert set(outlook.gaps["influence"]) >= {"dpia"}


def test_a_claim_is_never_asked_of_itself() -> None:
    for case in d5_cases():
        assert not {"rebuttal", "exclusion"} & set(interview(case))


@pytest.mark.parametrize("case", d5_cases(), ids=lambda case: case.name)
def test_a_tested_case_needs_no_more_questions_than_it_has_answers(case: Case) -> None:
    asked = interview(case)
    assert len(asked) == len(set(asked))
    assert len(asked) <= max(16, len(case.answers)) if case.answers else len(asked) <= 16


def interview(case: Case) -> list[str]:
    order: list[str] = []
    answers: dict[str, Answer] = {}
    while question := next_question(FORM, BOOK, answers, case.settings, frozenset(order)):
        order.append(question.id)
        answers |= {question.id: case.answers[question.id]} if question.id in case.answers else {}
    return order


def test_how_many_are_left_is_a_range_that_ends_at_nothing() -> None:
    few, many = questions_left(FORM, BOOK, {}, SETTINGS)
    assert few == 8
    assert 15 <= many <= 25
    assert questions_left(FORM, BOOK, given(OPENING), SETTINGS) == (0, 0)


def test_words_that_nobody_weighs_open_and_close_nothing() -> None:
    """So an estimate may be remembered for all who begin alike (triage.relevance)."""
    weightless = [q.id for q in FORM.questions() if trials(PROGRAM).only_said(q.id)]
    assert "purpose" in weightless
    for each in drawn(40, seed=21):
        said, other = ({**each.answers, **{q: answered(w) for q in weightless}} for w in ("Minutes", "-"))
        ours, theirs = (Outlook(PROGRAM, answers, each.settings) for answers in (said, other))
        assert ours.worth_asking() == theirs.worth_asking()
        assert ours.truths == theirs.truths


def all_answers(question: Question, certain: tuple[str, ...]) -> Iterator[Answer]:
    """Every answer there is, not only those that are tried."""
    if question.kind is Kind.one:
        yield from (answered(choice.id) for choice in question.choices)
        return
    ids = [choice.id for choice in question.choices]
    for size in range(1, len(ids) + 1):
        for picked in combinations(ids, size):
            alone = any(choice.alone and choice.id in picked for choice in question.choices)
            if not alone or size == 1:
                yield answered(*dict.fromkeys((*certain, *picked)))


def test_one_answer_moves_what_it_is_said_to_move_and_nothing_else() -> None:
    """Against every answer there is to every question."""
    random = Random(31)
    checked = 0
    for _ in range(25):
        answers, settings = blur(FORM, draw(FORM, random), random)
        outlook = Outlook(PROGRAM, answers, settings)
        now = ranks(truths_of([Drawn(answers, settings)]), 0)
        for question in FORM.questions():
            answer = answers.get(question.id, NOT_ASKED)
            if answer.state is State.answered or not question.choices or not outlook.may_ask(question.id):
                assert question.id not in outlook.moved_by_one
                continue
            tried = [
                Drawn({**answers, question.id: each}, settings)
                for each in all_answers(question, answer.picked)
                if all(offered(question, choice, answers, settings) for choice in each.picked)
            ]
            truths = truths_of(tried)
            moved = {
                name
                for lane in range(len(tried))
                for name, rank in ranks(truths, lane).items()
                if rank != now[name]
            }
            assert set(outlook.moved_by_one.get(question.id, ())) == moved, question.id
            checked += 1
    assert checked > 100


def offered(question: Question, choice: str, answers: Answers, settings) -> bool:
    when = next(each.when for each in question.choices if each.id == choice)
    return when.truth(View(FORM.gates, answers, settings)) is not False


def test_what_no_open_rule_looks_at_changes_nothing_whatever_else_is_answered() -> None:
    random = Random(32)
    for full in drawn(150, seed=33):
        part = blur(FORM, full, random)
        trace = Trace(PROGRAM, truths_of([part]))
        nodes = [node for thresholds in PROGRAM.thresholds.values() for _, node in thresholds]
        matters = {question for node in nodes for question in trace.open_questions(node)}
        completed = {**part.answers, **full.answers}
        kept = {q: a for q, a in completed.items() if q in matters or part.answers.get(q) == a}
        truths = truths_of([Drawn(completed, part.settings), Drawn({**part.answers, **kept}, part.settings)])
        assert ranks(truths, 0) == ranks(truths, 1)


def test_every_open_result_names_a_question_that_can_still_move_it() -> None:
    """An approval is refused with the open questions named, so there has to be one."""
    for answers, settings in drawn(300, seed=34):
        verdict = judge(FORM, BOOK, answers, settings, DAY)
        named = {result for gap in verdict.gaps for result in gap.bounds}
        for name, bounds in verdict.results.items():
            assert bounds.settled or name in named, (name, answers, settings)


def test_an_unsure_answer_keeps_its_certain_ticks_while_others_are_tried() -> None:
    outlook = Outlook(PROGRAM, {"data": unsure("personal")}, SETTINGS)
    assert "data" in outlook.moved_by_one
    assert "privacy_law_scope" in judge(FORM, BOOK, {"data": unsure("personal")}, SETTINGS, DAY).flags
    assert "privacy_law_scope" not in outlook.moved_by_one["data"]
