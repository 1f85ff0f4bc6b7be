"""What runs already is not extended while people decide, and stops after a no."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import Answer, answered, unsure
from tests.builders import BEN, LOW, a_case, after, key, some_answers
from triage.case import Case, Status
from triage.commands import Approve, Decline
from triage.running import has_to_stop, held_back, is_running

TOLD = {"kind": answered("report_existing")}


@pytest.mark.parametrize(
    ("answers", "runs"),
    [
        (TOLD, True),
        ({"kind": answered("use_new")}, False),
        ({"kind": answered("use_new"), "stage": answered("in_use")}, True),
        (TOLD | {"stage": answered("paused")}, False),
        (TOLD | {"stage": unsure()}, True),
        ({}, False),
    ],
    ids=["told of it", "new", "in use", "paused by now", "stage unknown", "nothing known"],
)
def test_it_runs_if_that_was_told(answers: dict[str, Answer], runs: bool) -> None:
    assert is_running(answers) is runs


def test_of_the_data_only_what_is_known_to_go_in_is_held_back() -> None:
    assert held_back({"data": answered("internal", "confidential", "personal")}) == (
        "personal",
        "confidential",
    )
    assert held_back({"data": unsure()}) == held_back({}) == ()


def declined(case: Case) -> Case:
    return after(case, Decline(actor=BEN, key=key(), case=case.id, reason="Not this one")).case


def approved_once(**change: Any) -> Case:
    case = after(a_case(**change), Approve(actor=BEN, key=key(), case="case-1", reason="Fits")).case
    return case.model_copy(update={"status": Status.in_review})


def test_a_no_stops_what_runs_and_what_was_approved_once() -> None:
    assert not has_to_stop(declined(a_case(answers=LOW)))
    assert has_to_stop(declined(a_case(answers=some_answers(**TOLD))))
    assert has_to_stop(declined(approved_once()))
    assert not has_to_stop(approved_once())
