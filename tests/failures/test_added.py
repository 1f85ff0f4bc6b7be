"""F25 and F26 for the button that adds a condition with its own day to the window of a decision."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.ids import Action
from tests.failures.acts import GROUP
from tests.failures.test_decisions import named
from tests.journeys.test_conditions_added import adds, opened
from tests.slack_world import BEN, EVE, Somebody, World


def presses(ben: Somebody) -> bool:
    return ben.hands.clicks_view(Action.ADD_CONDITION.value)


def fields(ben: Somebody) -> int:
    view = ben.hands.view()
    return 0 if view is None else str(view["blocks"]).count("'own_text.")


def test_f25_the_first_click_after_a_restart(alone: World) -> None:
    thread, ben = opened(alone)
    alone.restart()
    adds(ben, text="Tell everybody", due="2026-12-21")
    ben.hands.fills(until="")
    assert ben.hands.submits() is None
    alone.settle()
    assert thread.case.decision is not None
    assert thread.case.decision.conditions == ("Tell everybody",)


@pytest.mark.parametrize("settings", [{"roles.reviewer": [GROUP]}], ids=["group"])
def test_f26_who_does_not_hold_the_role_any_more(alone: World, settings: dict[str, Any]) -> None:
    named(alone, BEN)
    _, ben = opened(alone)
    named(alone, EVE)
    assert presses(ben), "acknowledged"
    assert fields(ben) == 0
    assert alone.trail()[-1] == "add_condition.refused"
