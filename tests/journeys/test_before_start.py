"""What has a yes and may not begin yet: whoever asks for it or joins it reads what comes first."""

from __future__ import annotations

import pytest

from bot.demo.player import elements
from bot.slack.ids import Action
from tests.journeys.test_onward import all_done, approved
from tests.journeys.test_whole_life import ROLES
from tests.slack_world import ANA, BEN, DAN, HARMLESS, World, words


@pytest.mark.parametrize("settings", [ROLES], ids=["each their own"])
def test_neither_the_answer_nor_the_window_says_go_ahead(world: World) -> None:
    thread = approved(world)
    dan = world.person(DAN)
    asked = f"can I use {thread.case.tool_name}"
    shown = dan.steward(asked)
    assert f"*not to be used yet*: <@{ANA}> has to accept that they answer for it, due " in shown
    assert "go ahead" not in shown
    assert "please wait until that is there; you can join it now" in shown
    dan.clicks(f"Join {thread.case.ref}", where="general")
    assert "*It may not be used yet.* This comes first:" in dan.window()
    assert f"<@{ANA}> has to accept that they answer for it" in dan.window()
    dan.hands.fills(unit="People")
    assert dan.hands.submits() is None
    world.settle()
    assert f"*Please do not use it yet*: <@{ANA}> has to accept that they answer for it" in dan.window()
    dan.hands.closes_view()
    all_done(world, thread)
    shown = dan.steward(asked)
    assert "go ahead" in shown
    assert "to be used yet" not in shown
    thread.presses(Action.MOVE_ON, having="pilot")
    world.person(ANA).steward(f"show {thread.case.ref}")
    world.person(ANA).clicks("Retire it", where="general")
    shown = dan.steward(asked)
    assert "it is being ended, so please do not begin with it" in shown
    assert "go ahead" not in shown
    assert f"Join {thread.case.ref}" not in shown


@pytest.mark.parametrize("settings", [ROLES], ids=["each their own"])
def test_what_may_be_used_is_no_yes_before_its_owner_has_accepted_it(world: World) -> None:
    thread = approved(world)
    dan, first = world.person(DAN), f"<@{ANA}> has to accept that they answer for it, due "
    asked = "what can I use"
    shown = dan.steward(asked)
    assert "Not yet" in shown
    assert "*Approved, not to be used yet*:" in shown
    assert first in shown
    assert "Yes" not in shown
    assert f"*Not to be used yet*: {first}" in dan.home()
    assert "without further conditions" not in dan.home()
    dan.steward(f"can I use {thread.case.tool_name}")
    dan.clicks(f"Join {thread.case.ref}", where="general")
    dan.hands.fills(unit="People")
    assert dan.hands.submits() is None
    world.settle()
    dan.hands.closes_view()
    assert dan.home().count(f"*Not to be used yet*: {first}") == 2, (
        "among what they may use and what they joined"
    )
    all_done(world, thread)
    assert "*Yes, for these*" in dan.steward(asked)
    assert "ot to be used yet" not in dan.steward(asked) + dan.home()
    assert dan.home().count("For exactly this use, without further conditions") == 2


def test_its_owner_reads_what_they_have_to_say_and_says_it_in_the_reminder(world: World) -> None:
    thread = world.person(ANA).asks("I'd like to use a tool called Foobar to polish newsletters")
    thread.submitted(HARMLESS | {"tool": "Foobar", "purpose": "Polish newsletters"})
    world.person(BEN).decides(Action.APPROVE, reason="Fine")
    shown = world.person(DAN).steward("what can I use")
    assert (
        f"*Approved, not to be used yet*:\n• *Foobar: Polish newsletters* (AIU-2026-0001): <@{ANA}> has to"
        in shown
    )
    for _ in range(10):
        world.passes(hours=24)
    told = [
        m for m in world.person(ANA).dm() if "• Say that you answer for it, by 14 December 2026" in words(m)
    ]
    assert len(told) == 2, "with the yes, and in the reminder"
    for each in told:
        assert any(e["action_id"].startswith(Action.ACCEPT_PART.value) for e in elements(each))
