"""What has a yes and may not begin yet: whoever asks for it or joins it reads what comes first."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.journeys.test_onward import all_done, approved
from tests.journeys.test_whole_life import ROLES
from tests.slack_world import ANA, DAN, World


@pytest.mark.parametrize("settings", [ROLES], ids=["each their own"])
def test_neither_the_answer_nor_the_window_says_go_ahead(world: World) -> None:
    thread = approved(world)
    dan = world.person(DAN)
    asked = f"can I use {thread.case.tool_name}"
    shown = dan.steward(asked)
    assert "*it may not be used yet*, as this comes first: Somebody answers for it" in shown
    assert "go ahead" not in shown
    assert "please wait until that is there; you can join it now" in shown
    dan.clicks(f"Join {thread.case.ref}", where="general")
    assert "*It may not be used yet.* This comes first:" in dan.window()
    assert "Somebody answers for it" in dan.window()
    dan.hands.fills(unit="People")
    assert dan.hands.submits() is None
    world.settle()
    assert "*Please do not use it yet*" in dan.window()
    dan.hands.closes_view()
    all_done(world, thread)
    shown = dan.steward(asked)
    assert "go ahead" in shown
    assert "may not be used yet" not in shown
    thread.presses(Action.MOVE_ON, having="pilot")
    world.person(ANA).steward(f"show {thread.case.ref}")
    world.person(ANA).clicks("Retire it", where="general")
    shown = dan.steward(asked)
    assert "it is being ended, so please do not begin with it" in shown
    assert "go ahead" not in shown
    assert f"Join {thread.case.ref}" not in shown
