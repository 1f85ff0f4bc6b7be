"""F30 and F36 for a file that is passed on: it stands below the card once, whatever becomes of a call."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.journeys.test_files_passed_on import PDF, brought, may_carry
from tests.slack_world import ANA, BEN, Thread, World

CALLS = ("files.info", "files.getUploadURLExternal", "files.completeUploadExternal")


def asked(world: World) -> Thread:
    may_carry(world)
    thread = world.person(ANA).asks().submitted()
    world.person(BEN).decides(Action.ASK, question="Where is the contract?")
    return thread


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", CALLS)
def test_f36_a_file_stands_there_once_whatever_fails(alone: World, call: str, after: bool) -> None:
    thread, faults = asked(alone), alone.server.faults
    (faults.time_out_after if after else faults.time_out_before)(call)
    thread.types("Here it is", files=[PDF])
    alone.passes(minutes=2)
    assert [file["name"] for file in brought(alone)] == ["contract.pdf"]


def test_f30_a_file_comes_once_however_often_the_event_does(alone: World) -> None:
    thread = asked(alone)
    alone.server.faults.duplicate(3)
    thread.types("Here it is", files=[PDF])
    assert [file["name"] for file in brought(alone)] == ["contract.pdf"]
