"""Lines of the trail say by themselves what was decided, so that an erased record takes nothing of that away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import BEN, EVE, a_case, after
from tests.triage.test_conditions import bound, fulfil, look
from tests.triage.test_stages import HIGH, approved
from triage.case import Case
from triage.commands import Approve, Decline
from triage.declared import declared, terms_of
from triage.steps import Term

TERMS = (Term(due=date(2026, 12, 24), check="Who was told?", otherwise="lapses"), Term())
YES: dict[str, Any] = {"case": "case-1", "reason": "Fits."}


def detail(outcome: Any) -> dict[str, Any]:
    return dict(outcome.happened[0].detail)


@pytest.mark.parametrize(
    ("case", "wish", "kind"),
    [
        (a_case(), Approve(actor=BEN, key="y", **YES), "approve"),
        (a_case(answers=HIGH), Approve(actor=EVE, key="y", **YES), "sign_off"),
        (a_case(), Decline(actor=BEN, key="n", **YES), "decline"),
    ],
)
def test_a_decision_says_of_what_kind_and_on_what(case: Case, wish: Any, kind: str) -> None:
    outcome = after(case, wish)
    made, *_ = outcome.case.decisions
    said = detail(outcome)
    assert said["kind"] == kind
    assert said["policies"] == made.policies
    assert said["facts"] == made.facts_digest


def test_what_conditions_are_bound_to_is_said_and_read_back() -> None:
    yes = Approve(actor=BEN, key="y", conditions=("Tell them", "In English"), terms=TERMS, **YES)
    outcome = after(a_case(), yes)
    assert detail(outcome)["terms"] == ("2026-12-24 lapses", "- -")
    assert terms_of(list(detail(outcome)["terms"])) == [
        {"due": "2026-12-24", "otherwise": "lapses"},
        {"due": None, "otherwise": ""},
    ]
    assert "terms" not in declared(after(a_case(), Approve(actor=BEN, key="y", **YES)).case.decisions[0])


@pytest.mark.parametrize("older", [None, "2026-12-24 lapses", 3])
def test_of_an_older_line_nothing_is_read(older: object) -> None:
    assert terms_of(older) == []


@pytest.mark.parametrize(("reason", "what"), [("", "condition.verified"), ("Empty.", "condition.not_yet")])
def test_who_looked_at_a_condition_did_so_as_something(reason: str, what: str) -> None:
    done = fulfil(bound(high=True))
    (line, *_) = look(done.case, reason=reason).happened
    assert (line.what, line.detail["role"]) == (what, "risk_owner")


def test_what_is_to_be_done_has_its_day() -> None:
    (called,) = (line for line in approved().happened if line.what == "tasks.called")
    tasks, days = called.detail["tasks"], called.detail["due"]
    assert isinstance(tasks, tuple)
    assert isinstance(days, tuple)
    assert len(tasks) == len(days) > 0
