"""F38 and F40: whom a deadline is told, and when; whatever stood still, ran twice, or changed in between."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.slack.ids import Action
from bot.slack.payloads import Who
from store.employees import Employee
from store.engine import Store
from store.ledger import Ledger
from store.tables import DueRow
from tests.journeys.test_assigning import menu
from tests.journeys.test_deadlines import BERLIN, nudges, told, until
from tests.journeys.test_people_file import take_in
from tests.slack_world import ANA, BEN, DAN, EVE, TEAM, World
from triage.case import Status
from triage.commands import Decline, Take

LED = {"roles.governance_lead": [DAN]}


@pytest.fixture
def settings() -> dict[str, Any]:
    return LED


def taken(world: World, user: str = BEN) -> str:
    """A request that somebody has; due on Tuesday at five, half of it left at one."""
    thread = world.person(ANA).asks().submitted()
    world.person(user).presses_card(Action.TAKE)
    return thread.case.id


# --- F38


def test_f38_whoever_was_deactivated_is_not_nudged_and_somebody_else_is(alone: World) -> None:
    taken(alone)
    alone.server.deactivates(BEN)
    alone.settle()
    until(alone, 8, 13)
    assert told(alone.person(BEN)) == []
    assert "has no account any more" in told(alone.person(DAN))[0]
    assert any(f"<@{EVE}>" in note for note in alone.below(alone.cards(EVE)[0], EVE))


def test_f38_an_account_that_was_closed_unnoticed_is_noticed_at_the_reminder(alone: World) -> None:
    """The event of it never came: Slack refuses to open a direct message."""
    taken(alone)
    with alone.workspace.lock:
        alone.workspace.person(BEN).deleted = True
    until(alone, 8, 13)
    assert {refusal["error"] for refusal in alone.server.refusals} <= {"user_disabled"}
    alone.server.refusals.clear()
    until(alone, 8, 14)
    assert nudges(alone) == ["case.reminded", "case.vacated"]
    assert "has no account any more" in told(alone.person(DAN))[0]
    assert told(alone.person(BEN)) == []


def test_f38_a_manager_who_left_is_passed_over(alone: World) -> None:
    take_in(
        alone,
        Employee(email="ben@example.com", manager="eve@example.com", slack_user=BEN),
        Employee(email="eve@example.com", slack_user=EVE),
    )
    alone.passes(minutes=1)
    taken(alone)
    alone.server.deactivates(EVE)
    alone.settle()
    until(alone, 9, 9)
    assert told(alone.person(EVE)) == []
    assert "was due" in told(alone.person(DAN))[0]


# --- F40


def test_f40_down_for_three_days(alone: World) -> None:
    """What is overdue by then is told as that, once; nobody is reminded of a half that is long over."""
    taken(alone)
    alone.stop_bot()
    alone.clock.move(timedelta(days=3).total_seconds())
    alone.start_bot()
    alone.passes(minutes=1)
    alone.restart()
    alone.passes(minutes=1)
    until(alone, 15, 12)
    assert nudges(alone) == ["case.escalated"]
    assert told(alone.person(BEN)) == []
    assert len(told(alone.person(DAN))) == 1


def test_f40_two_processes(world: World) -> None:
    case = taken(world)
    until(world, 8, 12)
    world.clock.move(3660)
    desk = world.bot.front.desk()
    stores = [Store(world.database_url, now=world.clock.moment) for _ in range(2)]
    begin = threading.Barrier(len(stores))

    def run(store: Store) -> None:
        begin.wait()
        for _ in range(3):
            Ledger(store).nudge(desk)

    threads = [threading.Thread(target=run, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    world.bot.sender.wake()
    world.settle()
    assert case
    assert nudges(world) == ["case.reminded"]
    assert len(told(world.person(BEN))) == 1


def test_f40_over_a_weekend(alone: World) -> None:
    """Handed in on a Friday, due on Monday: on Saturday and Sunday nobody hears of it."""
    until(alone, 11, 10)
    taken(alone)
    until(alone, 13, 13)
    assert nudges(alone) == []
    until(alone, 14, 12)
    assert nudges(alone) == []
    until(alone, 14, 13)
    assert nudges(alone) == ["case.reminded"]


def test_f40_across_a_change_of_the_clock(alone: World) -> None:
    """In Berlin it is set on by an hour on the 28th of March: one in the afternoon stays one in the afternoon."""
    then = datetime(2027, 3, 26, 10, tzinfo=BERLIN).timestamp()
    alone.passes(seconds=then - alone.clock.now())
    taken(alone)
    for hour, seen in ((12, []), (13, ["case.reminded"])):
        then = datetime(2027, 3, 30, hour, 1, tzinfo=BERLIN).timestamp()  # after Easter Monday
        alone.passes(seconds=then - alone.clock.now())
        assert nudges(alone) == seen


def test_f40_outside_of_working_hours(alone: World) -> None:
    """It is noon in Berlin when it is six in the morning where Ben is."""
    with alone.workspace.lock:
        alone.workspace.person(BEN).tz = "America/New_York"
        told_of = alone.workspace.person(BEN).payload(alone.workspace.team, alone.clock.moment())
    alone.raises({"type": "user_change", "user": told_of, "event_ts": "1.1"})
    thread = alone.person(ANA).asks().submitted()
    until(alone, 8, 12)
    alone.person(BEN).presses_card(Action.TAKE)
    due = thread.case.due_at
    assert due is not None
    assert due.astimezone(BERLIN).hour == 23
    until(alone, 8, 13)
    assert nudges(alone) == []
    until(alone, 8, 19)
    assert nudges(alone) == ["case.reminded"]
    until(alone, 9, 1)
    assert nudges(alone) == ["case.reminded"], "the lead in Berlin sleeps"
    until(alone, 9, 9)
    assert nudges(alone) == ["case.reminded", "case.escalated"]


@pytest.mark.parametrize("deed", ["decided", "taken over"])
def test_f40_changed_a_second_before_sending(alone: World, deed: str) -> None:
    case, (ben, eve) = taken(alone), [alone.bot.front.person(Who(TEAM, user)) for user in (BEN, EVE)]
    until(alone, 8, 12)
    alone.clock.move(3660)
    desk = alone.bot.front.desk()
    alone.stop_bot()
    assert Ledger(alone.store).nudge(desk) == 1
    no, mine = Decline(actor=ben, key="no", case=case, reason="No"), Take(actor=eve, key="mine", case=case)
    Ledger(alone.store).execute(no if deed == "decided" else mine, desk)
    alone.start_bot()
    alone.settle()
    assert told(alone.person(BEN)) == []


def test_f40_decided_before_it_falls_due(alone: World) -> None:
    thread = alone.person(ANA).asks().submitted()
    assert alone.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    until(alone, 10, 12)
    assert thread.case.status is Status.approved
    assert nudges(alone) == []


def test_f40_passed_on_in_between(alone: World) -> None:
    taken(alone)
    menu(alone.person(EVE), Action.TAKE)
    until(alone, 8, 13)
    assert told(alone.person(BEN)) == []
    assert len(told(alone.person(EVE))) == 1


def test_f40_one_message_a_day_for_each_person(alone: World) -> None:
    """Whoever was written to about one request in the morning hears of the other on the next day."""
    taken(alone)
    until(alone, 8, 14)
    assert len(told(alone.person(BEN))) == 1
    second = alone.person(ANA).asks("I'd like to use Otter.ai for our other meetings").submitted().case.id
    alone.person(BEN).presses_card(Action.TAKE)
    with alone.store.write() as session:
        session.execute(
            update(DueRow).where(col(DueRow.subject_id) == second).values(due_at=alone.clock.moment())
        )
    until(alone, 8, 16)
    assert len(told(alone.person(BEN))) == 1
    until(alone, 9, 9)
    assert len(told(alone.person(BEN))) == 2


def test_f40_standing_still_with_many_waiting_makes_no_burst(alone: World) -> None:
    for number in range(4):
        alone.person(ANA).asks(f"I'd like to use Otter.ai for meeting {number}").submitted()
    alone.stop_bot()
    alone.clock.move(timedelta(days=3).total_seconds())
    alone.start_bot()
    alone.passes(minutes=1)
    (only,) = told(alone.person(DAN))
    assert only.count("was due") == 4
    notes = [alone.below(card)[-1] for card in alone.cards()]
    assert sum(f"<@{DAN}>" in note for note in notes) == 1
