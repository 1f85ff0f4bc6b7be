"""A real process, killed while several requests are decided together, or while a deputy decides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.sandbox.clock import Clock
from bot.slack.ids import Action
from tests.crash.conftest import Doomed
from tests.crash.test_conditions_killed import POINTS, all_points
from tests.databases import Databases
from tests.failures.test_jointly import filled
from tests.failures.test_queued import decided
from tests.slack_world import ANA, BEN, DAN, World, words

SEEN = POINTS[:2]
"""Where the window was not acknowledged, so that whoever handed it in does so again."""


@pytest.fixture
def database_url(sqlite_databases: Databases) -> str:
    """What a death leaves on PostgreSQL is the same for every wish; test_killed.py sees to that."""
    return sqlite_databases.copy()


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    world = World(database_url, clock=Clock())
    try:
        yield world.open()
        assert world.is_untouched()
        assert world.differences() == []
    finally:
        world.close()


@all_points
def test_killed_while_several_are_decided_together(world: World, doomed: Doomed, point: str) -> None:
    ben = filled(world)
    doomed.start(point)
    doomed.arm()
    ben.hands.submits()
    doomed.dies()
    if point in SEEN:
        assert ben.hands.submits() is None
        world.settle()
    assert decided(world) == ["case.declined"] * 3
    told = [text for text in map(words, world.person(ANA).dm()) if "declined it" in text]
    assert len(told) == 3
    assert len(world.cards()) == 3


@all_points
def test_killed_while_a_deputy_decides(world: World, doomed: Doomed, point: str) -> None:
    thread, dan = world.person(ANA).asks().submitted(), world.person(DAN)
    world.person(BEN).steward(f"away until tomorrow <@{DAN}>")
    dan.presses_card(Action.DECLINE)
    dan.hands.fills(reason="No.")
    doomed.start(point)
    doomed.arm()
    dan.hands.submits()
    doomed.dies()
    if point in SEEN:
        assert dan.hands.submits() is None
        world.settle()
    assert decided(world) == ["case.declined"]
    (made,) = thread.case.decisions
    assert made.delegated is not None
