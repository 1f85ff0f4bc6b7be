"""A real process, killed while the last thing is done that a gate waits for: it counts once, and is told once."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.crash.conftest import Doomed
from tests.databases import Databases
from tests.journeys.test_onward import does
from tests.slack_world import ANA, BEN, World
from triage.stages import Stage
from triage.whereabouts import stage_of

POINTS = (
    "inside the transaction",
    "between commit and acknowledgement",
    "between commit and send",
    "between send and mark",
)


@pytest.fixture
def database_url(sqlite_databases: Databases) -> str:
    """What a death leaves on PostgreSQL is the same for every wish; test_killed.py sees to that."""
    return sqlite_databases.copy()


@pytest.mark.parametrize("point", POINTS)
def test_killed_while_a_gate_opens(world: World, doomed: Doomed, point: str) -> None:
    thread = world.person(ANA).asks().submitted()
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    does(thread, "supplier_check")
    message, element = thread.find(Action.ACCEPT_PART)
    doomed.start(point)
    doomed.arm()
    thread.again(message, element)
    doomed.dies()
    thread.presses_as_it_was(message, element)
    world.passes(minutes=2)
    assert [each.kind for each in thread.case.appointments] == ["named", "accepted"]
    assert world.trail().count("part.accepted") == 1
    assert sum("has all that it needs" in text for text in thread.texts()) == 1
    assert stage_of(thread.case) is Stage.idea
    assert world.differences() == []
