"""When a campaign says so again, what is told becomes whose, and what of an amnesty is nobody's to move."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.builders import ANA, DAN, EVE, ROLES, a_desk, key
from triage.calendar import Calendar
from triage.campaign import Campaign, check_may_start, moments, problem_of
from triage.case import Case, Source, Status
from triage.claims import NameOwner, NotOurs, NotUsed, TakeOver
from triage.commands import Command
from triage.decide import decide
from triage.disclosures import FollowUp, TellUse
from triage.missing import asked_for
from triage.outcome import Refused

MONDAY = datetime(2026, 12, 7, 8, 30, tzinfo=UTC)
BERLIN = Calendar("Europe/Berlin", "DE")


def a_campaign(since: date, until: date) -> Campaign:
    return Campaign(id="c", started_by=EVE, since=since, until=until, at=MONDAY)


def days(since: date, until: date) -> dict[str, str]:
    found = moments(a_campaign(since, until), BERLIN, MONDAY)
    return {step: at.astimezone(UTC).strftime("%m-%d %H:%M") for step, at in found.items()}


def test_it_says_so_midway_and_on_its_last_working_day() -> None:
    today = MONDAY.date()
    assert days(today, date(2026, 12, 20)) == {
        "begin": "12-07 08:30",
        "midway": "12-14 08:00",
        "last": "12-18 08:00",  # its last day is a Sunday
        "end": "12-21 08:00",
    }
    assert days(today, today) == {"begin": "12-07 08:30", "end": "12-08 08:00"}
    assert set(days(today, date(2026, 12, 9))) == {"begin", "last", "end"}
    assert days(date(2026, 12, 12), date(2026, 12, 31))["begin"] == "12-14 08:00"


@pytest.mark.parametrize(
    ("since", "until", "problem"),
    [(0, 0, ""), (0, 92, ""), (0, 93, "too_long"), (-1, 3, "past"), (4, 3, "before_since")],
)
def test_its_days_have_to_fit(since: int, until: int, problem: str) -> None:
    today = MONDAY.date()
    assert problem_of(today + timedelta(days=since), today + timedelta(days=until), today) == problem


def test_nobody_leads_by_default() -> None:
    for roles in ({}, {**ROLES, "governance_lead": frozenset({EVE})}):
        with pytest.raises(Refused, match="not_your_campaign"):
            check_may_start(DAN, a_desk(roles=roles))
    check_may_start(EVE, a_desk(roles={"governance_lead": frozenset({EVE})}))


def told(actor: str = ANA, **more: Any) -> Case:
    given: dict[str, Any] = {"case": "f" * 32, "campaign": "c", "tool_id": "otter", "tool_name": "Otter.ai"}
    return decide(None, TellUse(actor=actor, key=key(), **(given | more)), a_desk()).case


def in_amnesty() -> Case:
    return told(actor="", via="amnesty", title="Otter.ai, told of in an amnesty")


def test_what_is_told_is_theirs_with_what_they_said() -> None:
    case = told(purpose="minutes", unit="Sales")
    assert (case.status, case.owner, case.requester, case.unit) == (Status.disclosed, ANA, ANA, "Sales")
    assert case.title == "Otter.ai: minutes"
    assert {fact.source for fact in case.facts.values()} == {Source.person}
    assert {fact.by for fact in case.facts.values()} == {ANA}
    assert asked_for(case, a_desk()), "the rest is asked later"


def test_of_an_amnesty_nothing_says_whose_it_is() -> None:
    case = in_amnesty()
    assert (case.owner, case.requester, case.unit) == (None, "", "")
    assert set(case.facts) == {"tool"}
    assert {fact.by for fact in case.facts.values()} == {None}
    assert case.verdict is not None, "the rules judge it"
    assert ANA not in case.model_dump_json()


@pytest.mark.parametrize(
    "wish",
    [
        TakeOver(actor=DAN, key="k", case="f" * 32),
        NameOwner(actor=EVE, key="k", case="f" * 32, person=DAN),
        NotOurs(actor=DAN, key="k", case="f" * 32, asked="Sales"),
        NotUsed(actor=DAN, key="k", case="f" * 32, reason="Since May"),
    ],
)
def test_nobody_moves_it_before_it_is_followed_up(wish: Command) -> None:
    desk = a_desk(roles={**ROLES, "governance_lead": frozenset({EVE})})
    with pytest.raises(Refused, match="in_amnesty"):
        decide(in_amnesty(), wish, desk)


def test_it_is_followed_up_once_and_by_the_clock_alone() -> None:
    wish = FollowUp(actor="", key="k", case="f" * 32, person=ANA, purpose="minutes", unit="Sales")
    after = decide(in_amnesty(), wish, a_desk()).case
    assert (after.owner, after.unit, after.title) == (ANA, "Sales", "Otter.ai: minutes")
    for case, command in ((after, wish), (in_amnesty(), wish.model_copy(update={"actor": ANA}))):
        with pytest.raises(Refused, match="unknown_case"):
            decide(case, command, a_desk())


def test_of_whoever_left_nobody_hears() -> None:
    wish = FollowUp(actor="", key="k", case="f" * 32, person="", purpose="minutes", unit="Sales")
    after = decide(in_amnesty(), wish, a_desk()).case
    assert (after.owner, after.unit, after.discovered_via) == (None, "Sales", "disclosure")
    take = TakeOver(actor=DAN, key="k", case=after.id)
    assert decide(after, take, a_desk()).case.owner == DAN


def test_the_same_id_is_told_once() -> None:
    wish = TellUse(actor=ANA, key="k", case="f" * 32, campaign="c", tool_name="Otter.ai")
    with pytest.raises(Refused):
        decide(told(), wish, a_desk())
