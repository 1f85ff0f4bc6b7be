"""A real process, killed while the clock asks for a report, and while a value past its limit is handed in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.sandbox.clock import Clock
from bot.slack.ids import Action
from tests.crash.conftest import Doomed
from tests.crash.driver import at_any_time
from tests.crash.test_conditions_killed import POINTS, catches_up
from tests.databases import Databases
from tests.journeys.test_watching import presses, watched
from tests.slack_world import ANA, World, words
from triage.calendar import Calendar
from triage.case import Status

AGO = timedelta(days=12)
"""So that one report is due, and none is late."""


@pytest.fixture
def database_url(sqlite_databases: Databases) -> str:
    """What a death leaves on PostgreSQL is the same for every wish; test_killed.py sees to that."""
    return sqlite_databases.copy()


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    world = World(database_url, clock=Clock(time.time() - AGO.total_seconds()))
    try:
        yield world.open()
        assert world.is_untouched()
        assert world.differences() == []
    finally:
        world.close()


@pytest.mark.parametrize("point", ["while it falls due", "between commit and send", "between send and mark"])
def test_killed_while_somebody_is_reminded(
    world: World, doomed: Doomed, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a report, and of what is to be done before the pilot: one message, once."""
    monkeypatch.setattr(Calendar, "opens", at_any_time)
    watched(world)
    world.stop_bot()
    catches_up(world)
    doomed.start_armed(point)
    doomed.dies()
    world.passes(minutes=2)
    assert world.trail().count("readings.asked") == 1
    assert world.trail().count("tasks.reminded") == 1
    assert sum("2 things wait for you" in words(message) for message in world.person(ANA).dm()) == 1


@pytest.mark.parametrize("point", POINTS[:2])
def test_killed_while_a_value_past_its_limit_is_reported(world: World, doomed: Doomed, point: str) -> None:
    """The window stays, with its numbers; handed in again they count once."""
    catches_up(world)
    thread, ana = watched(world), world.person(ANA)
    presses(ana, Action.GIVE_READINGS)
    ana.hands.fills(**{"figure.1": "7", "figure.2": "95"})
    doomed.start(point)
    doomed.arm()
    assert ana.hands.submits() is not None
    doomed.dies()
    assert ana.hands.submits() is None
    world.settle()
    assert world.trail().count("readings.given") == 1
    assert len(thread.case.measurements) == 1
    assert thread.case.status is Status.in_review
    assert len(world.cards()) == 1
