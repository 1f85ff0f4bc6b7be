"""A file that shows that a condition is met or a task done: given in the window, brought below the card."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.ids import Action
from tests.journeys.test_condition_verified import NOTICE, bound
from tests.journeys.test_files_passed_on import PDF, below, brought, may_carry
from tests.journeys.test_seats import LEARNS
from tests.slack_world import ANA, CLEO, EVE, Thread, World, words
from tests.slack_world.people import SETTINGS
from triage.conditions import conditions_of


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.vendor_manager": [EVE]}


def hands_in(thread: Thread, **given: Any) -> dict[str, str] | None:
    thread.presses(Action.FULFIL)
    thread.person.hands.fills(condition="1", **given)
    problems = thread.person.hands.submits()
    thread.person.world.settle()
    return problems


def test_a_file_alone_shows_it_and_a_copy_stands_below_the_card(world: World) -> None:
    may_carry(world)
    thread = bound(world)
    given = thread.person.hands.uploads(*PDF)
    assert hands_in(thread, file=[given], link=NOTICE) is None
    (file,) = brought(world)
    assert (file["name"], file["bytes"]) == PDF
    assert file["said"] == f"<@{ANA}> sent this as proof of: Tell everybody before it is used."
    (one,) = conditions_of(thread.case)
    assert one.shown is not None
    assert one.shown.link.splitlines() == [NOTICE, given["permalink"]]
    assert "Shown by: " in below(world)


def test_without_the_scopes_the_window_asks_for_no_file(world: World) -> None:
    thread = bound(world)
    thread.presses(Action.FULFIL)
    view = thread.person.hands.view()
    assert view is not None
    assert "file" not in [block.get("block_id") for block in view["blocks"]]
    assert "Link to what shows it" in words(view)


def test_what_cannot_be_brought_is_said_with_what_it_was_for(world: World) -> None:
    may_carry(world)
    thread = bound(world)
    given = thread.person.hands.uploads(*PDF)
    world.server.faults.error("files.info", "file_not_found")
    assert hands_in(thread, file=[given]) is None
    assert brought(world) == []
    assert "“contract.pdf” as proof of: Tell everybody before it is used. It is gone from Slack" in below(
        world
    )


def test_who_decides_next_sees_what_was_asked_for_and_names_no_condition_by_accident(world: World) -> None:
    """An empty window of conditions is sent back with what to do instead, and shows those that hold anyway."""

    world.person(ANA).asks().submitted(LEARNS)
    given: dict[str, Any] = {"conditions": "Tell everybody", "due": "", "reason": "Safe.", "until": ""}
    assert world.person(EVE).decides(Action.APPROVE_WITH_CONDITIONS, **given) is None
    cleo = world.person(CLEO)
    problems = cleo.decides(Action.APPROVE_WITH_CONDITIONS, conditions="", reason="I agree.", until="")
    assert problems == {
        "conditions": "Name at least one condition, or close this and choose “Approve”. "
        "What others asked for holds either way."
    }
    assert f"1. Tell everybody (<@{EVE}>)" in cleo.window()
