"""A request beside what was decided before: what is nearest, what is different, and what was decided otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from intake.answers import NOT_ASKED, Answer, answered, unsure
from intake.forms import ai_use
from tests.builders import LOW, NOW, a_case
from triage.case import DecisionKind, Status
from triage.nearest import MOST, Decided, Nearest, nearest, on_same_answers, otherwise

FORM = ai_use()
CASE = a_case(Status.in_review, LOW, tool_id="otter")


def decided(id: str = "a", days: int = 0, status: Status = Status.approved, **change: Any) -> Decided:
    tool = change.pop("tool_id", "otter")
    answers: dict[str, Answer] = {**LOW, **change}
    return Decided(id=id, status=status, tool_id=tool, answers=answers, at=NOW + timedelta(days=days))


def found(*others: Decided) -> Nearest:
    near = nearest(CASE, others, FORM)
    assert near is not None
    return near


def names(near: Nearest) -> list[str]:
    return [each.question for each in near.differs]


def test_the_fewest_differences_are_nearest_and_each_is_named() -> None:
    far = decided("far", data=answered("personal"), people=answered("customers"))
    near = found(far, decided("near", data=answered("personal")))
    assert near.use.id == "near"
    assert names(near) == ["data"]
    assert near.differs[0].there == answered("personal")
    assert near.differs[0].here == CASE.answers["data"]


def test_of_equals_the_one_decided_last_counts() -> None:
    assert found(decided("old"), decided("new", days=2), decided("older", days=-1)).use.id == "new"


def test_another_tool_is_a_difference() -> None:
    assert names(found(decided(tool_id="abbyy"))) == ["tool"]
    assert not on_same_answers(CASE, [decided(tool_id="abbyy")], FORM)


@pytest.mark.parametrize("answer", [unsure(), answered("personal", "internal"), NOT_ASKED])
def test_what_is_not_the_same_answer_is_different(answer: Answer) -> None:
    """Not sure is no answer, and what was not asked was not answered alike."""
    assert names(found(decided(data=answer))) == ["data"]


def test_what_only_follows_from_a_difference_goes_without_saying() -> None:
    """Of personal data more is asked; that the other was not asked that says nothing new."""
    more = decided(data=answered("personal"), profiling=answered("no"), monitoring=answered("none"))
    assert names(found(more)) == ["data"]


def test_the_order_of_what_was_ticked_says_nothing() -> None:
    two = a_case(Status.in_review, LOW | {"data": answered("internal", "personal")}, tool_id="otter")
    assert on_same_answers(two, [decided(data=answered("personal", "internal"))], FORM)


def test_words_of_ones_own_and_who_owns_it_are_not_compared() -> None:
    more: dict[str, Any] = {
        "purpose": answered("Something else"),
        "title": answered("Other"),
        "unit": answered("Sales"),
    }
    assert names(found(decided(**more))) == []


def test_what_differs_in_too_much_is_not_like_it() -> None:
    chosen = [q for q in LOW if FORM.by_id[q].kind.value in ("one", "many") and not FORM.by_id[q].record]
    change: dict[str, Any] = {q: unsure() for q in chosen}
    few: dict[str, Any] = dict(list(change.items())[:MOST])
    assert nearest(CASE, [decided(**change)], FORM) is None
    assert len(found(decided(**few)).differs) == MOST


@pytest.mark.parametrize(
    ("kind", "against"),
    [
        (DecisionKind.approve, {Status.approved_with_conditions, Status.declined}),
        (DecisionKind.approve_with_conditions, {Status.declined}),
        (DecisionKind.decline, {Status.approved, Status.approved_with_conditions}),
    ],
)
def test_what_was_decided_otherwise_is_an_alarm(kind: DecisionKind, against: set[Status]) -> None:
    every = [
        decided(status.value, status=status)
        for status in (Status.approved, Status.approved_with_conditions, Status.declined)
    ]
    same = on_same_answers(CASE, every, FORM)
    assert {use.status for use in otherwise(same, kind)} == against


def test_what_was_decided_last_is_named_first() -> None:
    others = [decided("old", days=-3), decided("new"), decided("other", data=unsure())]
    assert [use.id for use in on_same_answers(CASE, others, FORM)] == ["new", "old"]
