"""Which uses a phase puts off: what is surely of low or medium risk and has a day; doubt and silence put off none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from intake.answers import Answer, answered, unsure
from tests.builders import ANA, NOW, a_case, a_desk, some_answers
from tests.triage.aims.test_entries import approved, desk, drafted, drafting
from triage.aims.decide import decide
from triage.aims.phasing import Phase, phases, recorded_under, recorded_until
from triage.case import Case, Status
from triage.decide import decide as decide_use
from triage.interview import judged
from triage.outcome import Refused, Say
from triage.phased import put_off
from triage.staff import Colleague
from triage.talking import Reopen

DAY = NOW.date()
LATER, LATEST = DAY + timedelta(days=10), DAY + timedelta(days=20)
ALL = frozenset((1, 2, 3, 4))


def phase(since: Any, *tiers: int, units: tuple[str, ...] = ()) -> Phase:
    return Phase("AIM-2026-0001", "One", since, frozenset(tiers), frozenset(units))


def use(unit: str = "Sales", **answers: Answer) -> Case:
    return judged(a_case(answers=some_answers(**answers), unit=unit), a_desk())


def until(case: Case, *plan: Phase) -> Any:
    return recorded_until(plan, case, DAY)


def test_without_a_plan_or_a_day_everything_is_decided() -> None:
    assert until(use()) is None
    assert until(use(), phase(DAY, 3, 4)) is None, "no day is named for it"
    assert until(use(), phase(LATER, 2)) is None, "the day is another's"


def test_it_waits_for_the_first_day_that_covers_it_and_no_longer() -> None:
    plan = (phase(DAY, 3, 4), phase(LATER, 1), phase(LATEST, 1, 2))
    assert until(use(), *plan) == LATER
    assert recorded_until(plan, use(), LATER - timedelta(days=1)) == LATER
    assert recorded_until(plan, use(), LATER) is None


def test_units_are_begun_with_one_after_the_other() -> None:
    plan = (phase(DAY, *ALL, units=("people",)), phase(LATER, *ALL))
    assert until(use("Sales"), *plan) == LATER
    assert until(use("People"), *plan) is None
    assert until(use(""), *plan) is None, "of whose unit nobody knows it is not put off"


def test_what_somebody_says_of_their_unit_puts_nothing_off_beside_the_people_file() -> None:
    plan = (phase(DAY, *ALL, units=("people",)), phase(LATER, *ALL, units=("sales",)), phase(LATEST, *ALL))
    assert recorded_until(plan, use("Sales"), DAY, "People") is None, "theirs has begun"
    assert recorded_until(plan, use("People"), DAY, "Sales") is None
    assert recorded_until(plan, use("Legal"), DAY, "Sales") == LATER, "the earlier day counts"
    assert recorded_until(plan, use("Sales"), DAY, "Legal") == LATER
    assert recorded_until(plan[:2], use("Sales"), DAY, "Legal") is None, "of which the plan says no day"
    known = replace(a_desk(), phases=plan, staff=lambda person: Colleague(unit="People"))
    assert put_off(use("Sales"), known) is None


@pytest.mark.parametrize(
    ("tools", "tool", "named", "waits"),
    [
        ((), "copilot", "Copilot", True),
        (("claude",), "copilot", "Copilot", True),
        (("copilot",), "copilot", "Copilot", False),
        (("my own tool",), None, "My  own Tool", False),
        (("claude",), None, "", False),
        ((), None, "", True),
    ],
)
def test_a_no_is_not_asked_around_by_asking_anew(
    tools: tuple[str, ...], tool: str | None, named: str, waits: bool
) -> None:
    case = use().model_copy(update={"tool_id": tool, "tool_name": named})
    known = replace(a_desk(), phases=(phase(LATER, *ALL),), turned_down=frozenset(tools))
    assert put_off(case, known) == (LATER if waits else None)


@pytest.mark.parametrize(
    "answers",
    [
        {
            "output_use": answered("decides_people"),
            "area": answered("employment"),
            "people": answered("staff_applicants"),
        },
        {"red_flag": answered("social_scoring")},
        {"red_flag": unsure()},
        {"area": unsure()},
    ],
)
def test_high_risk_red_flags_and_doubt_are_never_put_off(answers: dict[str, Answer]) -> None:
    plan = (phase(LATER, *ALL),)
    case = judged(a_case(answers=some_answers(**answers), unit="Sales"), a_desk())
    assert put_off(case, replace(a_desk(), phases=plan)) is None
    assert put_off(use(), replace(a_desk(), phases=plan)) == LATER


@pytest.mark.parametrize(("due", "to"), [(None, Status.disclosed), (NOW, Status.in_review)])
def test_what_others_were_asked_to_decide_is_asked_again_when_it_is_taken_up(due: Any, to: Status) -> None:
    """Else a review could be asked around by taking it back."""
    case = use().model_copy(update={"status": Status.withdrawn, "due_at": due})
    again = decide_use(case, Reopen(actor=ANA, key="k", case=case.id), a_desk(phases=(phase(LATER, *ALL),)))
    assert again.case.status is to
    assert any(each.say is Say.card_note for each in again.notices) is (to is Status.in_review)


def test_of_two_phases_that_begin_on_one_day_it_waits_for_its_own() -> None:
    one, two = phase(LATER, 1)._replace(ref="1"), phase(LATER, 2)._replace(ref="2")
    assert recorded_under((two, one), use(), DAY) == one


@pytest.mark.parametrize(
    "answers", [{"red_flag": answered("social_scoring")}, {"red_flag": unsure()}, {"area": unsure()}]
)
def test_taken_up_again_red_flags_and_doubt_are_never_put_off(answers: dict[str, Answer]) -> None:
    case = judged(a_case(answers=some_answers(**answers), unit="Sales"), a_desk())
    case = case.model_copy(update={"status": Status.withdrawn})
    again = decide_use(case, Reopen(actor=ANA, key="k", case=case.id), a_desk(phases=(phase(LATER, *ALL),)))
    assert again.case.status in (Status.in_review, Status.blocked)


def test_a_plan_counts_with_the_yes_of_somebody_else_and_is_no_standing_exemption() -> None:
    said = {"title": "Everything", "since": LATER.isoformat(), "tiers": ("low",)}
    waits = drafted(kind="phase", said=said)
    assert phases([waits]) == ()
    assert [each.since for each in phases([approved(waits)])] == [LATER]
    far = said | {"since": (DAY + timedelta(days=900)).isoformat()}
    with pytest.raises(Refused) as refused:
        decide(None, drafting(kind="phase", said=far), desk())
    assert refused.value.facts["field"] == "since"


def test_what_may_be_of_two_risks_waits_only_where_both_have_a_day() -> None:
    case = use()
    assert case.verdict is not None
    results = case.verdict.results
    bounds = results["tier"].model_copy(update={"floor": "1", "ceiling": "2"})
    verdict = case.verdict.model_copy(update={"results": {**results, "tier": bounds}})
    either = case.model_copy(update={"verdict": verdict})
    assert until(either, phase(LATER, 1)) is None
    assert until(either, phase(LATER, 1, 2)) == LATER
