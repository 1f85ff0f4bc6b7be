"""The way down: what is offered leads where it says, nothing smaller does, and it changes only what can be changed."""

from __future__ import annotations

from random import Random

import pytest

from tests.triage.drawing import draw
from tests.triage.reading import BOOK, DAY, FORM, Case, d5_cases
from triage.judge import judge
from triage.way_down import Way, ways_down

CASES = {case.name: case for case in d5_cases()}


def ways(name: str) -> list[tuple[dict[str, tuple[str, ...]], object]]:
    case = CASES[name]
    found = ways_down(FORM, BOOK, case.answers, case.settings)
    return [({q: a.picked for q, a in way.changes.items()}, way.level) for way in found]


def ceiling(case: Case, way: Way | None = None) -> int:
    answers = {**case.answers, **(way.changes if way else {})}
    return int(judge(FORM, BOOK, answers, case.settings, DAY).results["tier"].ceiling)


@pytest.mark.parametrize("name", CASES)
def test_every_way_leads_where_it_says_and_no_part_of_it_does(name: str) -> None:
    case = CASES[name]
    for way in ways_down(FORM, BOOK, case.answers, case.settings)[:20]:
        assert ceiling(case, way) == int(way.level) < ceiling(case)
        for left_out in way.changes:
            part = {q: a for q, a in way.changes.items() if q != left_out}
            if part:
                assert ceiling(case, Way(changes=part, level=0)) > int(way.level)


def test_a_company_account_and_other_data_is_a_plan_where_a_private_account_was_no() -> None:
    first = ways("free chatbot on a private account with source code")
    assert ({"data": ("public",)}, 1) in first
    assert ({"data": ("internal",), "account": ("enterprise",)}, 1) in first


def test_a_person_who_checks_lowers_what_nobody_checked() -> None:
    assert ways("credit scoring, own model, no check")[0] == ({"check": ("every_output",)}, 3)


def test_the_agent_with_a_stop_or_fewer_powers() -> None:
    found = ways("coding agent with shell and keys, no stop")
    assert any(set(changes) == {"stop"} for changes, _ in found)


@pytest.mark.parametrize(
    "name", ["grammar help, catalogue tool, internal text", "empty", "social scoring of tenants"]
)
def test_there_may_be_none(name: str) -> None:
    assert ways(name) == []


def test_nobody_is_told_to_change_what_the_use_is() -> None:
    random = Random(42)
    told = 0
    for _ in range(60):
        answers, stated = draw(FORM, random)
        for way in ways_down(FORM, BOOK, answers, stated):
            told += 1
            assert all(FORM.by_id[question].changeable for question in way.changes)
            assert all(answer != answers[question] for question, answer in way.changes.items())
    assert told > 20
