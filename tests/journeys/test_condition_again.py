"""What an unmet condition narrowed is asked for again: others decide, two of them at high risk, and all are told."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.ids import Action
from tests.failures.test_joined import joins
from tests.journeys.test_condition_verified import NOTICE, bound, looks_at
from tests.journeys.test_living_conditions import bound as simply_bound
from tests.journeys.test_living_conditions import hands_in, told
from tests.slack_world import BEN, CLEO, DAN, EVE, World, words
from tests.slack_world.people import SETTINGS
from triage.conditions import narrowed


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.vendor_manager": [EVE]}


def test_two_people_at_high_risk(world: World) -> None:
    thread, dan = bound(world, otherwise="narrows"), world.person(DAN)
    joins(dan, thread)
    world.passes(days=20)
    message, _ = thread.find(Action.FULFIL)
    assert "Ask again" in words(message)
    assert hands_in(thread, 1, link=NOTICE) is None
    (card,) = world.cards()
    assert "asks again for what" in world.below(card)[-1]
    assert "asked for again" in words(card)
    looks_at(world.person(EVE), Action.VERIFY_CONDITION)
    assert "a second person has to say it" in world.below(card)[-1]
    assert narrowed(thread.case)
    looks_at(world.person(EVE), Action.VERIFY_CONDITION)
    assert "somebody else has to say it, too" in world.person(EVE).told()
    looks_at(world.person(CLEO), Action.VERIFY_CONDITION)
    assert narrowed(thread.case) == ()
    for place in (thread.texts(), world.below(card), [words(message) for message in dan.dm()]):
        assert sum("*covers all again*" in text for text in place) == 1, place
    assert "1. Met: " in words(world.cards()[0])
    assert told(world)[-4:] == [
        "condition.done", "condition.verified", "condition.verified", "condition.restored",
    ]  # fmt: skip
    assert thread.case.in_use
    assert world.differences() == []


def test_below_that_one_who_decides(world: World) -> None:
    thread = simply_bound(world, conditions="Tell everybody", otherwise="narrows")
    world.passes(days=20)
    assert hands_in(thread, 1, words="It is for two people only, who know.") is None
    assert narrowed(thread.case), "one's own word widens nothing"
    looks_at(world.person(BEN), Action.SEND_BACK)
    world.person(BEN).hands.fills(reason="Tell them all the same.")
    assert world.person(BEN).hands.submits() is None
    world.settle()
    assert thread.offers(Action.FULFIL)
    assert hands_in(thread, 1, link=NOTICE) is None
    looks_at(world.person(BEN), Action.VERIFY_CONDITION)
    assert narrowed(thread.case) == ()
    assert "*covers all again*" in thread.last
    assert world.differences() == []
    assert world.is_untouched()
