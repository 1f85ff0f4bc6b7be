"""What somebody says is met stands on the Home of whoever may look at it, and of nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.ids import Action
from tests.journeys.test_condition_verified import NOTICE, bound, looks_at
from tests.journeys.test_living_conditions import hands_in
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World
from tests.slack_world.people import SETTINGS
from triage.conditions import conditions_of, is_met

HEAD = "Conditions to look at"


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.vendor_manager": [EVE]}


def test_it_waits_for_those_who_decide_and_goes_once_it_was_looked_at(world: World) -> None:
    thread = bound(world)
    assert HEAD not in world.person(CLEO).home()
    assert hands_in(thread, 1, link=NOTICE) is None
    for user in (CLEO, EVE):
        home = world.person(user).home()
        assert HEAD in home
        assert "Tell everybody before it is used" in home
    for user in (ANA, BEN, DAN):
        assert HEAD not in world.person(user).home()
    world.restart()
    eve = world.person(EVE)
    eve.home()
    assert eve.hands.clicks_home(Action.VERIFY_CONDITION.value)
    world.settle()
    (one,) = conditions_of(thread.case)
    assert is_met(thread.case, one)
    for user in (CLEO, EVE):
        assert HEAD not in world.person(user).home()


def test_of_two_who_have_to_say_yes_the_first_is_asked_no_more(world: World) -> None:
    thread = bound(world, otherwise="narrows")
    world.passes(days=20)
    assert hands_in(thread, 1, link=NOTICE) is None
    assert "asks again for what it goes on without" in world.person(CLEO).home()
    looks_at(world.person(EVE), Action.VERIFY_CONDITION)
    assert HEAD not in world.person(EVE).home()
    assert HEAD in world.person(CLEO).home()
