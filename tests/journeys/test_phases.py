"""Phases of the roll-out: high risk first; low risk is recorded, held up by nothing, and decided from its day on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, update

from bot.sandbox.reading import words
from bot.slack.ids import Action
from store import aims, phased
from store.phased import A_DAY
from store.tables import EmployeeRow, UseRow
from tests.journeys.test_assessments import DECIDES
from tests.journeys.test_system import entries, gives, id_of, message, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World
from triage.aims.phasing import Phase
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


def sets(world: World, case: str, **cells: str | None) -> None:
    """As something else would have left its row."""
    with world.store.write() as session:
        session.connection().execute(update(UseRow).where(col(UseRow.id) == case).values(cells))


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


def test_nobody_holds_up_the_others(world: World) -> None:
    two_phases(world)
    many = [world.person(ANA).asks().submitted() for _ in range(A_DAY + 2)]
    one = world.person(EVE).asks().submitted()
    world.passes(days=14)
    assert one.case.status is Status.in_review
    up = [thread.case.status for thread in many]
    assert up == [Status.in_review] * (A_DAY - 1) + [Status.disclosed] * 3, "who waits longest comes first"


def test_what_is_only_recorded_is_taken_back_and_up_again_and_nobody_is_asked(world: World) -> None:
    two_phases(world)
    thread = world.person(ANA).asks().submitted()
    thread.presses(Action.WITHDRAW)
    assert thread.case.status is Status.withdrawn
    assert "nobody had been asked" in "".join(thread.texts())
    thread.presses(Action.REOPEN)
    case = thread.case
    assert (case.status, case.due_at) == (Status.disclosed, None)
    assert "Recorded is not approved" in thread.last
    assert world.cards() == [], "nobody is asked to decide, and nobody hears of it"
    assert [what for what in world.trail() if what.startswith("case.")] == [
        *("case.submitted", "case.put_down", "case.withdrawn", "case.reopened", "case.put_down"),
    ]
    world.passes(days=15)
    assert [thread.case.status] == [Status.in_review]
    assert len(world.cards()) == 1
    assert world.differences() == []


def test_taken_up_again_after_its_day_it_is_decided_at_once(world: World) -> None:
    two_phases(world)
    thread = world.person(ANA).asks().submitted()
    thread.presses(Action.WITHDRAW)
    world.passes(days=15)
    assert [thread.case.status] == [Status.withdrawn]
    thread.presses(Action.REOPEN)
    assert thread.case.status is Status.in_review
    assert thread.case.due_at is not None
    assert len(world.cards()) == 1


def test_taken_up_again_once_the_same_was_turned_down_it_is_decided_at_once(world: World) -> None:
    two_phases(world)
    thread = world.person(ANA).asks().submitted()
    thread.presses(Action.WITHDRAW)
    assert world.person(EVE).asks().submitted(DECIDES).case.status is Status.in_review
    assert world.person(CLEO).decides(Action.DECLINE, reason="Never with this tool.") is None
    thread.presses(Action.REOPEN)
    assert thread.case.status is Status.in_review


def test_what_others_were_asked_to_decide_is_not_put_off_by_taking_it_back_and_up_again(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    two_phases(world)
    thread.presses(Action.WITHDRAW)
    thread.presses(Action.REOPEN)
    assert thread.case.status is Status.in_review


def test_what_was_only_recorded_and_is_taken_back_is_no_no_for_others(world: World) -> None:
    two_phases(world)
    world.person(ANA).asks().submitted().presses(Action.WITHDRAW)
    assert world.person(EVE).asks().submitted().case.status is Status.disclosed


@pytest.mark.parametrize("words", ["submit", "yes", "hand over"])
def test_handed_in_by_a_word_it_is_put_off_as_well(world: World, words: str) -> None:
    two_phases(world)
    thread = world.person(ANA).asks()
    thread.fills()
    thread.types(words)
    assert thread.case.status is Status.disclosed
    assert world.cards() == []


def test_handed_in_by_a_word_what_was_turned_down_is_decided_at_once(world: World) -> None:
    world.person(EVE).asks().submitted()
    assert world.person(BEN).decides(Action.DECLINE, reason="Never with this tool.") is None
    two_phases(world)
    thread = world.person(ANA).asks()
    thread.fills()
    thread.types("submit")
    assert thread.case.status is Status.in_review


def test_two_phases_of_one_day_each_tell_their_own(world: World) -> None:
    plans(world, "Little risk", 14, "low")
    plans(world, "Some risk", 14, "medium")
    for _ in range(2):
        assert world.person(ANA).asks().submitted().case.status is Status.disclosed
    dan = world.person(DAN)
    dan.steward("setup")
    told = {line.partition(":")[0]: line for line in dan.window().splitlines() if "begins on" in line}
    assert "2 uses are recorded until then" in told["• Little risk"]
    assert "0 uses are recorded until then" in told["• Some risk"]


@pytest.mark.parametrize("how", ["declined", "taken back", "looked at again"])
def test_what_was_turned_down_is_not_recorded_by_asking_anew(world: World, how: str) -> None:
    before = world.person(EVE).asks().submitted()
    if how == "declined":
        assert world.person(BEN).decides(Action.DECLINE, reason="Never with this tool.") is None
    elif how == "looked at again":
        assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    was = before.case.status.value
    if how != "declined":
        sets(world, before.case.id, state="withdrawn" if how == "taken back" else "in_review")
    two_phases(world)
    cards = len(world.cards())
    thread = world.person(ANA).asks().submitted()
    assert (before.case.id != thread.case.id, thread.case.status) == (True, Status.in_review)
    assert "Nothing holds you up" not in thread.last
    assert len(world.cards()) == cards + 1
    sets(world, before.case.id, state=was)


def test_what_is_only_recorded_comes_up_once_the_same_is_turned_down(world: World) -> None:
    two_phases(world)
    thread = world.person(ANA).asks().submitted()
    world.passes(days=1)
    assert [thread.case.status] == [Status.disclosed]
    high = world.person(EVE).asks().submitted(DECIDES)
    assert high.case.status is Status.in_review
    assert world.person(CLEO).decides(Action.DECLINE, reason="Never with this tool.") is None
    world.passes(days=1)
    assert thread.case.status is Status.in_review


def test_the_people_file_says_whose_phase_it_is(world: World) -> None:
    two_phases(world)
    desk = world.bot.front.desk()
    thread = world.person(ANA).asks().submitted()
    phases = (Phase("A", "People first", desk.day, frozenset((1, 2)), frozenset(("people",))), *desk.phases)
    with world.store.write() as session:
        session.add(EmployeeRow(email="ana@example.com", unit="People", person_id=thread.case.requester))
    unit = thread.case.unit
    sets(world, thread.case.id, unit="Sales")
    with world.store.read() as session:
        assert phased.coming_up(session, desk) == []
        assert [each.id for each in phased.coming_up(session, replace(desk, phases=phases))] == [
            thread.case.id
        ]
    sets(world, thread.case.id, unit=unit or None)
    with world.store.write() as session:
        session.delete(session.get_one(EmployeeRow, "ana@example.com"))
