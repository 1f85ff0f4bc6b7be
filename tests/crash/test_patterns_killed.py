"""A real process, killed while a pattern is confirmed, records a use, is looked at, or is told of by the clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.sandbox.clock import Clock
from bot.slack.ids import Action
from tests.crash.conftest import Doomed
from tests.databases import Databases
from tests.failures.acts import interacts
from tests.failures.test_decisions import card_press
from tests.failures.test_patterned import (
    CONFIRM,
    FITS,
    SETTLED,
    approved,
    came,
    in_force,
    offered,
    proposed,
    recorded,
)
from tests.slack_world import BEN, World, words

POINTS = (
    "inside the transaction",
    "between commit and acknowledgement",
    "between commit and send",
    "between send and mark",
)
AGO = timedelta(days=20)
by_press = pytest.mark.parametrize("point", POINTS[:2])


@pytest.fixture
def database_url(sqlite_databases: Databases) -> str:
    """What a death leaves on PostgreSQL is the same for every wish; test_killed.py sees to that."""
    return sqlite_databases.copy()


@pytest.fixture
def earlier(database_url: str) -> Clock:
    return Clock(time.time() - AGO.total_seconds())


@pytest.fixture
def world(database_url: str, earlier: Clock) -> Iterator[World]:
    world = World(database_url, clock=earlier, settings=SETTLED)
    try:
        yield world.open()
        assert world.is_untouched()
        assert world.differences() == []
    finally:
        world.close()


def catches_up(world: World) -> None:
    """The process that dies lives in real time, and so does the one after it."""
    world.clock.move(time.time() - world.clock.now())


def after(world: World, days: int) -> date:
    return (world.clock.moment() + timedelta(days=days)).date()


@by_press
def test_killed_while_a_second_person_confirms(world: World, doomed: Doomed, point: str) -> None:
    catches_up(world)
    thread, ben = approved(world), world.person(BEN)
    proposed(world, thread, last_day=after(world, 90))
    press = card_press(ben, world.cards()[-1], CONFIRM)
    doomed.start(point)
    doomed.arm()
    ben.hands._send("interactive", press)
    doomed.dies()
    interacts(ben, press)
    assert came(world) == ["pattern.proposed", "pattern.confirmed"]
    assert "A pattern is in force" in words(world.cards()[-1]).replace("*", "")


@by_press
def test_killed_while_it_is_recorded_at_once(world: World, doomed: Doomed, point: str) -> None:
    catches_up(world)
    in_force(world, after(world, 90))
    thread = offered(world)
    shown = thread.find(Action.SUBMIT, having="Record it now")
    doomed.start(point)
    doomed.arm()
    thread.again(*shown)
    doomed.dies()
    thread.presses_as_it_was(*shown)
    assert world.trail().count("case.recorded") == len(thread.case.decisions) == 1
    assert sum("you may go ahead" in text for text in thread.texts()) == 1


@by_press
def test_killed_while_somebody_has_looked(world: World, doomed: Doomed, point: str) -> None:
    catches_up(world)
    in_force(world, after(world, 90))
    thread, ben = recorded(world, "p1"), world.person(BEN)
    press = card_press(ben, world.cards()[-1], FITS)
    doomed.start(point)
    doomed.arm()
    ben.hands._send("interactive", press)
    doomed.dies()
    interacts(ben, press)
    assert came(world).count("pattern.fits") == 1
    assert thread.case.in_use


@pytest.mark.parametrize("point", POINTS)
def test_killed_while_its_card_is_told_that_it_is_over(world: World, doomed: Doomed, point: str) -> None:
    in_force(world, after(world, 15))
    world.stop_bot()
    catches_up(world)
    doomed.start_armed(point)
    doomed.dies()
    world.passes(minutes=2)
    assert world.trail().count("pattern.over") == 1
    (card,) = world.cards()
    assert sum("last day" in each and "pattern" in each.lower() for each in world.below(card)) == 1
