"""A question is answered and not taken for a request; a number or a slip finds what was meant."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, World, words


def said(world: World, text: str) -> str:
    """What the bot says to words outside of any thread."""
    thread = world.person(ANA).asks(text)
    return "\n".join(thread.texts())


@pytest.mark.parametrize(
    "text", ["what is this?", "how does this work", "who are you", "who decides?", "hlep"]
)
def test_what_this_is_is_answered_with_a_way_to_begin(world: World, text: str) -> None:
    assert "Tell me in one sentence" in said(world, text)
    assert "Ask about an AI tool" in said(world, text)
    assert "draft.begun" not in world.trail()


@pytest.mark.parametrize("text", ["is AI allowed here?", "what can I use?"])
def test_what_may_be_used_is_listed_with_its_conditions(world: World, text: str) -> None:
    assert "no use of AI is approved here yet" in said(world, text)
    thread = world.person(ANA).asks().submitted()
    world.person(BEN).decides(Action.APPROVE_WITH_CONDITIONS, conditions="Tell everybody first")
    ref = thread.case.ref or "-"
    for answer in (said(world, text), world.person(ANA).steward(text)):
        assert "*Approved, not to be used yet*" in answer, "its owner has to accept it first"
        assert ref in answer
        assert "Tell everybody first" in answer
    assert world.trail().count("draft.begun") == 1


@pytest.mark.parametrize("text", ["show 1", "shwo 0001", "show aiu 1", "aiu-2026-1"])
def test_a_use_is_found_by_its_short_number(world: World, text: str) -> None:
    ref = world.person(ANA).asks().submitted().case.ref or "-"
    text = text.replace("2026", ref.split("-")[1])
    assert ref in world.person(ANA).steward(text)
    assert ref in said(world, text)


def test_a_slip_says_how_it_was_read(world: World) -> None:
    assert "I read “lst” as `list`" in world.person(ANA).steward("lst")
    assert "cannot find" in world.person(ANA).steward("show 77")
    assert "Which one?" in world.person(ANA).steward("show")


def test_the_form_begins_small_and_shows_everything_on_a_press(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.presses(Action.USE_FORM)
    hands = thread.person.hands
    first = hands.view()
    assert first is not None
    hands.fills(purpose="For the minutes of our own meetings")
    assert hands.clicks_view(Action.WHOLE_FORM.value)
    whole = hands.view()
    assert whole is not None
    assert len(whole["blocks"]) > len(first["blocks"])
    assert "How it stands in the register" in words(whole)
    assert hands.submits() is None
    world.settle()
    assert thread.case.answers["purpose"].text == "For the minutes of our own meetings"


def test_the_unit_is_one_press_in_the_summary_where_it_stands(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.fills()
    thread.answers()
    before = len(thread.shown())
    _, menu = thread.find(Action.SET_UNIT)
    sales = next(o["value"] for o in menu["options"] if o["text"]["text"] == "Sales")
    thread.chooses(Action.SET_UNIT, sales)
    assert len(thread.shown()) == before, "the summary is drawn anew where it stands"
    assert thread.case.unit == "Sales"
    assert "Unit: *Sales*" in thread.last
    thread.presses(Action.SUBMIT)
    assert thread.case.answers["unit"].text == "Sales"
