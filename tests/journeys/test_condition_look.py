"""What is said to be met and looked at by nobody: those who can are called again, then not alone."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.ids import Action
from tests.journeys.test_condition_verified import NOTICE, bound, looks_at
from tests.journeys.test_living_conditions import hands_in
from tests.slack_world import BEN, CLEO, EVE, World
from tests.slack_world.people import SETTINGS
from triage.conditions import conditions_of, is_met


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.vendor_manager": [EVE], "roles.governance_lead": [BEN]}


def called(world: World) -> list[str]:
    return [text for text in world.below(world.cards()[0]) if "nobody has looked at it yet" in text]


def days(world: World, count: int) -> None:
    for _ in range(count * 2):
        world.passes(hours=12)


def test_those_who_can_look_are_called_twice_and_the_second_time_not_alone(world: World) -> None:
    thread = bound(world, due="2027-06-30")
    assert hands_in(thread, 1, link=NOTICE) is None
    assert "looks at it" in world.below(world.cards()[0])[-1]
    days(world, 4)
    assert called(world) == []
    days(world, 5)
    (first,) = called(world)
    assert f"<@{CLEO}>" in first or f"<@{EVE}>" in first
    assert "please see to it" not in first
    assert not [text for text in world.below(world.cards()[0]) if "says that a condition" in text], (
        "in its place"
    )
    days(world, 12)
    (second,) = called(world)
    assert f"<@{BEN}>, please see to it that somebody does." in second
    days(world, 30)
    assert world.trail().count("condition.reminded") == 2
    looks_at(world.person(EVE), Action.VERIFY_CONDITION)
    (one,) = conditions_of(thread.case)
    assert is_met(thread.case, one)


def test_what_was_looked_at_calls_nobody(world: World) -> None:
    thread = bound(world, due="2027-06-30")
    assert hands_in(thread, 1, link=NOTICE) is None
    looks_at(world.person(EVE), Action.VERIFY_CONDITION)
    days(world, 9)
    assert called(world) == []
    assert "condition.reminded" not in world.trail()


def test_after_a_long_stop_they_are_called_once(world: World) -> None:
    thread = bound(world, due="2027-06-30")
    assert hands_in(thread, 1, link=NOTICE) is None
    world.passes(days=40)
    days(world, 3)
    (only,) = called(world)
    assert f"<@{BEN}>, please see to it that somebody does." in only
    assert world.trail().count("condition.reminded") == 1
