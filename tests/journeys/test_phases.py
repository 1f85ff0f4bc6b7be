"""Phases of the roll-out: high risk first; low risk is recorded, held up by nothing, and decided from its day on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.reading import words
from bot.slack.ids import Action
from store import aims
from store.phased import A_DAY
from tests.journeys.test_assessments import DECIDES
from tests.journeys.test_system import entries, gives, id_of, message, press
from tests.slack_world import ANA, BEN, CLEO, DAN, World
from triage.aims.wishes import ApproveEntry, DraftEntry
from triage.case import Status


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO], reviewer=[BEN])


def plans(world: World, title: str, days: int, *tiers: str, **more: Any) -> None:
    dan, cleo = world.person(DAN), world.person(CLEO)
    dan.steward("setup")
    press(world, DAN, Action.STATE_ENTRY, "phase|")
    since = world.bot.front.desk().day + timedelta(days=days)
    dan.hands.fills(
        **{"entry.title": title, "entry.since": since.isoformat(), "entry.tiers": list(tiers)}, **more
    )
    assert dan.submits() is None
    world.settle()
    dan.hands.closes_view()
    dan.hands.closes_view()
    shown = message(world, CLEO, "for your yes")
    assert cleo.hands.clicks("dm", shown["ts"], f"{Action.APPROVE_ENTRY.value}.0")
    world.settle()


def two_phases(world: World) -> None:
    plans(world, "High risk first", 0, "high", "very_high")
    plans(world, "Everything", 14, "low", "medium")


def test_low_risk_is_recorded_and_decided_from_the_day_of_its_phase(world: World) -> None:
    two_phases(world)
    thread = world.person(ANA).asks().submitted()
    case = thread.case
    assert (case.status, bool(case.ref), case.verdict is not None) == (Status.disclosed, True, True)
    assert case.decisions == ()
    assert "Recorded is not approved" in thread.last
    assert "Nothing holds you up until then" in thread.last
    assert world.cards() == [], "nobody is asked to decide"
    world.passes(days=13)
    assert [thread.case.status] == [Status.disclosed]
    world.passes(days=2)
    assert [thread.case.status] == [Status.in_review]
    (card,) = world.cards()
    assert "asks for" in words(card)
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    assert [thread.case.status] == [Status.approved]
    assert "case.put_down" in world.trail()
    assert "case.came_up" in world.trail()
    assert world.differences() == []


def test_high_risk_is_decided_at_once_whatever_the_plan_says(world: World) -> None:
    plans(world, "Everything later", 14, "low", "medium", "high", "very_high")
    thread = world.person(ANA).asks().submitted(DECIDES)
    assert thread.case.status is Status.in_review
    assert len(world.cards()) == 1


def test_what_counts_no_more_puts_nothing_off(world: World) -> None:
    two_phases(world)
    thread = world.person(ANA).asks().submitted()
    desk = world.bot.front.desk()
    for entry in entries(world, "phase"):
        retire = DraftEntry(
            actor=id_of(world, DAN), key=f"r{entry.id}", entry=entry.id, kind="phase", retires=True, seen=1
        )
        yes = ApproveEntry(actor=id_of(world, CLEO), key=f"y{entry.id}", entry=entry.id, draft=2)
        with world.store.write() as session:
            for wish in (retire, yes):
                aims.carry_out(session, wish, desk)
    world.bot.front.office.changed()
    world.passes(days=1)
    assert thread.case.status is Status.in_review


def test_the_riskiest_come_up_first_a_few_a_day_and_it_is_told_how_far_it_is(world: World) -> None:
    two_phases(world)
    threads = [world.person(ANA).asks().submitted() for _ in range(A_DAY + 2)]
    dan = world.person(DAN)
    dan.steward("setup")
    assert "Everything: begins on" in dan.window()
    assert f"{A_DAY + 2} uses are recorded until then" in dan.window()
    assert "recorded, not approved" in world.person(BEN).steward("list")
    world.passes(days=14)
    up = [thread.case.status for thread in threads].count(Status.in_review)
    assert up == A_DAY
    world.passes(days=1)
    assert {thread.case.status for thread in threads} == {Status.in_review}
