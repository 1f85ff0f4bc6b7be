"""A real process, killed while a condition is reported met, and while the clock ends what an approval stood on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.clock import Clock
from bot.slack.ids import Action
from tests.crash.conftest import Doomed
from tests.databases import Databases
from tests.failures.acts import press_drawn
from tests.journeys.test_condition_verified import offered
from tests.journeys.test_living_conditions import hands_in
from tests.slack_world import ANA, BEN, CARDS, World, words
from tests.slack_world.thread import Thread
from triage.case import Status
from triage.conditions import narrowed

POINTS = (
    "inside the transaction",
    "between commit and acknowledgement",
    "between commit and send",
    "between send and mark",
)
AGO = timedelta(days=20)
all_points = pytest.mark.parametrize("point", POINTS)


@pytest.fixture
def database_url(sqlite_databases: Databases) -> str:
    """What a death leaves on PostgreSQL is the same for every wish; test_killed.py sees to that."""
    return sqlite_databases.copy()


@pytest.fixture
def earlier(database_url: str) -> Clock:
    """Stands so long ago that what was given a day then is over now."""
    return Clock(time.time() - AGO.total_seconds())


@pytest.fixture
def world(database_url: str, earlier: Clock) -> Iterator[World]:
    world = World(database_url, clock=earlier)
    try:
        yield world.open()
        assert world.is_untouched()
        assert world.differences() == []
    finally:
        world.close()


def approved(world: World, **terms: str) -> Thread:
    """On a condition that is to be met, or to last, until two days later."""
    thread = world.person(ANA).asks().submitted()
    last = (world.clock.moment() + timedelta(days=2)).date().isoformat()
    given: dict[str, Any] = {name: last if text == "then" else text for name, text in terms.items()}
    assert world.person(BEN).decides(Action.APPROVE_WITH_CONDITIONS, conditions="Tell all", **given) is None
    return thread


def catches_up(world: World) -> None:
    """The process that dies lives in real time, and so does the one after it."""
    world.clock.move(time.time() - world.clock.now())


def once(world: World, thread: Thread, what: str, says: str) -> None:
    """In the trail, to whoever asked, and below the card."""
    world.passes(minutes=2)
    assert world.trail().count(what) == 1
    assert sum(says in text for text in thread.texts()) == 1
    assert len(world.cards()) == 1


@all_points
def test_killed_while_the_clock_fails_a_condition(world: World, doomed: Doomed, point: str) -> None:
    thread = approved(world, due="then", otherwise="suspends", until="")
    world.stop_bot()
    catches_up(world)
    doomed.start_armed(point)
    doomed.dies()
    once(world, thread, "condition.unmet", "The approval is suspended")
    assert thread.case.status is Status.under_reassessment
    assert [step.kind for step in thread.case.condition_steps] == ["unmet"]


@all_points
def test_killed_while_an_approval_runs_out(world: World, doomed: Doomed, point: str) -> None:
    thread = approved(world, until="then")
    world.stop_bot()
    catches_up(world)
    doomed.start_armed(point)
    doomed.dies()
    once(world, thread, "case.lapsed", "ended after")
    assert thread.case.status is Status.lapsed


@pytest.mark.parametrize("point", POINTS[:2])
def test_killed_while_a_condition_is_reported_met(world: World, doomed: Doomed, point: str) -> None:
    """The window stays, with what was written; handed in again it counts once."""
    catches_up(world)
    thread, ana = approved(world, due="then", until=""), world.person(ANA)
    thread.presses(Action.FULFIL)
    ana.hands.fills(condition="1", link="https://wiki.example.org/notice")
    doomed.start(point)
    doomed.arm()
    assert ana.hands.submits() is not None
    doomed.dies()
    assert ana.hands.submits() is None
    world.settle()
    assert world.trail().count("condition.done") == 1
    assert [step.kind for step in thread.case.condition_steps] == ["done"]
    (card,) = world.cards()
    assert "1. Met: Tell all" in words(card)


@pytest.mark.parametrize("point", POINTS[:2])
def test_killed_while_what_was_narrowed_is_decided(world: World, doomed: Doomed, point: str) -> None:
    """Pressed once more, it counts once; before that the approval does not cover it."""
    thread, ben = approved(world, due="then", otherwise="narrows", until=""), world.person(BEN)
    catches_up(world)
    world.passes(minutes=11)
    assert hands_in(thread, 1, link="https://wiki.example.org/notice") is None
    assert narrowed(thread.case)
    message, element = drawn = offered(ben, Action.VERIFY_CONDITION)
    doomed.start(point)
    doomed.arm()
    assert not ben.hands.clicks(CARDS, message["ts"], element["action_id"], value=element["value"])
    doomed.dies()
    press_drawn(ben, *drawn)
    world.settle()
    assert world.trail().count("condition.verified") == 1
    once(world, thread, "condition.restored", "*covers all again*")
    assert narrowed(thread.case) == ()
