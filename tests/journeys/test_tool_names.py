"""A name alone, right or slightly wrong: the tool it may be is offered to press and never taken for sure."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.slack_world import ANA, Thread, World


@pytest.mark.parametrize(
    ("typed", "name"),
    [("jaspar", "Jasper"), ("cluade", "Claude"), ("deppl", "DeepL"), ("gemni", "Gemini")],
)
def test_a_slip_alone_is_asked_about(world: World, typed: str, name: str) -> None:
    thread = world.person(ANA).asks(typed)
    assert f"Did you mean *{name}*?" in thread.last
    assert "Purpose" not in thread.last, "a name says no purpose"
    assert thread.case.tool_id is None
    thread.presses(Action.PICK_TOOL, having=name)
    assert thread.case.tool_name == name


@pytest.mark.parametrize("word", ["hello", "model", "draft", "thanks", "pause", "write", "people"])
def test_a_word_alone_is_no_slip(world: World, word: str) -> None:
    assert "Did you mean" not in world.person(ANA).asks(word).last


def asked_for_the_tool(world: World) -> Thread:
    thread = world.person(ANA).asks("I want to use some AI to write blog posts")
    thread.chooses(Action.MORE, Action.START_BLANK.value)
    while thread.question != "tool":
        thread.types("use_new")
    return thread


def test_a_slip_in_the_answer_is_offered_and_pressed(world: World) -> None:
    thread = asked_for_the_tool(world)
    thread.types("jaspar")
    assert "Did you mean Jasper?" in thread.last
    assert thread.question == "tool"
    assert thread.case.tool_name == ""
    thread.presses(Action.CHOOSE, having="Jasper")
    assert thread.case.tool_name == "Jasper"
    assert thread.question != "tool"


def test_a_slip_is_confirmed_by_a_yes_and_overruled_by_saying_it_again(world: World) -> None:
    thread = asked_for_the_tool(world)
    thread.types("jaspar")
    thread.types("yes")
    assert thread.case.tool_name == "Jasper"
    thread.types("back")
    thread.types("jaspar")
    thread.types("jaspar")
    assert (thread.case.tool_id, thread.case.tool_name) == (None, "jaspar")


def test_a_name_of_several_tools_is_asked_about(world: World) -> None:
    thread = asked_for_the_tool(world)
    thread.types("Copilot")
    assert "More than one tool goes by “Copilot”" in thread.last
    thread.presses(Action.CHOOSE, having="GitHub Copilot")
    assert thread.case.tool_id == "github-copilot"
