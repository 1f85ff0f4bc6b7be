"""A real process, killed while what waits on an entry of the management system is told: once, and nothing is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.sandbox.clock import Clock
from bot.slack.payloads import Who
from store import aims
from tests.crash.conftest import Doomed
from tests.databases import Databases
from tests.slack_world import ANA, BEN, TEAM, World, words
from triage.aims.entry import entry_id
from triage.aims.kinds import kinds
from triage.aims.wishes import DraftEntry

AGO = timedelta(days=20)
POINTS = ("while a message of the day is written", "between commit and send", "between send and mark")


@pytest.fixture
def database_url(sqlite_databases: Databases) -> str:
    return sqlite_databases.copy()


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """It begins so long ago that what was given a day then is due now."""
    world = World(database_url, clock=Clock(time.time() - AGO.total_seconds()))
    try:
        yield world.open()
        assert world.is_untouched()
        assert world.differences() == []
    finally:
        world.close()


def an_action(world: World) -> None:
    front = world.bot.front
    ana, ben = (front.directory.person(Who(TEAM, user)) for user in (ANA, BEN))
    due = (world.clock.moment() + timedelta(days=18)).date().isoformat()
    said = {"title": "Train Sales", "success": "All passed", "owner": ana, "due": due}
    wish = DraftEntry(
        actor=ben, key="key", entry=entry_id(kinds()["action"], "", "key"), kind="action", said=said
    )
    desk = replace(front.desk(), roles={"risk_owner": frozenset({ben})})
    with world.store.write() as session:
        aims.carry_out(session, wish, desk)


@pytest.mark.parametrize("point", POINTS)
def test_killed_while_it_is_told(world: World, doomed: Doomed, point: str) -> None:
    an_action(world)
    world.stop_bot()
    world.clock.move(time.time() - world.clock.now())
    doomed.start_armed(point)
    doomed.dies()
    now = world.clock.moment()
    morning = (
        world.bot.front.desk().calendar().next_morning(now)
    )  # the one after it writes to nobody at night
    world.passes(seconds=(morning - now).total_seconds() + 60)
    world.passes(minutes=2)
    assert world.trail().count("aims.reminded") == 1
    assert sum("Train Sales" in words(message) for message in world.person(ANA).dm()) == 1
