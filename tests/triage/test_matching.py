"""What is within a pattern: never more than two people said yes to, and in doubt nothing."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.answers import Answer, State, answered, unsure
from intake.form import Kind
from tests.builders import shelf
from tests.triage.patterns import LAST, PLAIN, TOOLS, desk, draft, in_force
from triage.interview import judged
from triage.matching import OF_EVERY_USE, chosen, matching, outside
from triage.pattern import Known

FORM = shelf().form
QUESTIONS = {question.id: question for question in chosen(FORM)}


@cache
def known() -> Known:
    return in_force()


def fits(answers: dict[str, Answer], **change: object) -> bool:
    case = draft(answers, **change)
    assert matching(case, desk(patterns=(known(),))) == (
        known() if not outside(known().pattern, case, desk()) else None
    )
    return not outside(known().pattern, case, desk())


def an_answer(question: str) -> st.SearchStrategy[Answer]:
    asked = QUESTIONS[question]
    ids = sorted(asked.choice_ids)
    if asked.kind is Kind.one:
        given_one = st.sampled_from(ids).map(answered)
    else:
        given_one = st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True).map(
            lambda p: answered(*p)
        )
    return st.one_of(given_one, st.just(unsure()), st.just(Answer(state=State.not_asked)))


CHANGES = st.lists(st.sampled_from(sorted(QUESTIONS)), max_size=3, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: an_answer(name) for name in names})
)


def test_the_same_answers_are_within_whatever_the_words() -> None:
    assert fits(PLAIN)
    assert fits(PLAIN | {"purpose": answered("Notes of our stand-up")})


@given(changes=CHANGES)
def test_nothing_is_within_that_is_more_than_what_was_decided(changes: dict[str, Answer]) -> None:
    answers = PLAIN | changes
    case, pattern = draft(answers), known().pattern
    if not fits(answers):
        return
    verdict = case.verdict
    assert verdict is not None
    assert verdict.settled
    assert not verdict.gaps
    assert not verdict.flags_open
    assert verdict.results["tier"].ceiling == 1
    assert set(verdict.flags) <= OF_EVERY_USE
    assert set(verdict.flags) <= set(pattern.flags)
    assert {reason.rule for reason in verdict.reasons} <= set(pattern.rules)
    limits = {limit.question: set(limit.answers) for limit in pattern.limits}
    for question in QUESTIONS:
        answer = answers.get(question, Answer(state=State.not_asked))
        assert answer.state is not State.unsure
        assert set(answer.picked) <= limits.get(question, set())


@given(changes=CHANGES, question=st.sampled_from(sorted(QUESTIONS)), data=st.data())
def test_adding_harm_makes_nothing_fit(
    changes: dict[str, Answer], question: str, data: st.DataObject
) -> None:
    """One more thing ticked, or one more answer that is not sure."""
    answers = PLAIN | changes
    if fits(answers):
        return
    before = answers.get(question, Answer(state=State.not_asked))
    if before.state is State.not_asked:
        more = unsure()
    elif QUESTIONS[question].kind is Kind.many and before.state is State.answered:
        more = answered(
            *dict.fromkeys(
                (*before.picked, data.draw(st.sampled_from(sorted(QUESTIONS[question].choice_ids))))
            )
        )
    else:
        more = unsure(*before.picked)
    assert not fits(answers | {question: more})


@given(question=st.sampled_from(sorted({q.question for q in in_force().pattern.limits})))
def test_what_is_not_sure_or_was_not_answered_is_never_within(question: str) -> None:
    assert not fits(PLAIN | {question: unsure()})
    assert not fits({name: answer for name, answer in PLAIN.items() if name != question})


@pytest.mark.parametrize(
    "change", [{"tool_id": "deepl"}, {"tool_id": None}, {"handed_over": True}, {"confidential": True}]
)
def test_another_tool_and_what_only_people_weigh(change: dict[str, object]) -> None:
    assert not fits(PLAIN, **change)


def test_a_tool_that_is_not_assessed_any_more() -> None:
    bare = desk(assets={}, patterns=(known(),))
    assert matching(judged(draft(), bare), bare) is None
    left = desk(assets={id: TOOLS[id] for id in TOOLS if id != "otter"}, patterns=(known(),))
    assert matching(draft(), left) is None, "whatever the draft was judged by"


def test_other_rules_that_find_more_end_it() -> None:
    case = draft()
    assert case.verdict is not None
    for moved in (
        {
            "results": dict(case.verdict.results)
            | {"dpia": case.verdict.results["dpia"].model_copy(update={"ceiling": "mandatory"})}
        },
        {"flags": (*case.verdict.flags, "vendor_review")},
        {"reasons": (*case.verdict.reasons, case.verdict.reasons[0].model_copy(update={"rule": "own-new"}))},
        {"results": dict(case.verdict.results) | {"new": case.verdict.results["dpia"]}},
    ):
        other = case.model_copy(update={"verdict": case.verdict.model_copy(update=moved)})
        assert outside(known().pattern, other, desk())
    higher = known().pattern.model_copy(update={"results": dict(known().pattern.results) | {"eu": "gone"}})
    assert outside(higher, case, desk()) == "results", "a level that is no more may be any"


@pytest.mark.parametrize("change", [{"misfits": 2}, {"holds": False}, {"steps": ()}])
def test_only_what_is_in_force(change: dict[str, Any]) -> None:
    assert matching(draft(), desk(patterns=(in_force(**change),))) is None
    assert matching(draft(), desk(patterns=(known(),))) == known()


def test_not_after_its_last_day() -> None:
    at = desk().now + (LAST - desk().day)
    assert matching(draft(), desk(patterns=(known(),), now=at)) is not None
    assert matching(draft(), desk(patterns=(known(),), now=at + timedelta(days=1))) is None


def test_of_two_the_newer() -> None:
    old = known().model_copy(
        update={
            "pattern": known().pattern.model_copy(update={"id": "p0", "at": desk().now - timedelta(days=3)})
        }
    )
    renamed = old.model_copy(
        update={"steps": tuple(s.model_copy(update={"pattern": "p0"}) for s in old.steps)}
    )
    assert matching(draft(), desk(patterns=(known(), renamed))) == known()
