"""Whoever keeps something hears what comes of it; help is read whole, and nothing speaks of what is not at hand."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.ids import Action
from bot.slack.scenes import make_voice
from bot.slack.screens.entryform import block, drawn_field
from tests.journeys.test_system import fills, gives, press
from tests.slack_world import ANA, CLEO, DAN, World
from triage.aims.kinds import kinds


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO])


def test_whoever_keeps_a_training_hears_who_is_asked_and_when(world: World) -> None:
    world.person(DAN).steward("setup")
    press(world, DAN, Action.STATE_ENTRY, "training|")
    said: dict[str, Any] = {"title": "The course", "roles": ["reviewer"], "months": "12", "confirmed": "no"}
    assert fills(world, DAN, **said) is None
    shown = world.person(DAN).window()
    assert "is asked within an hour" in shown
    assert "by when" in shown


def test_the_window_names_no_command_of_a_terminal(world: World) -> None:
    world.person(DAN).steward("setup")
    view = world.person(DAN).hands.view()
    assert "`steward " not in str(view)
    assert "on Home" in str(view)


def test_help_names_trainings_to_everybody_and_is_not_folded(world: World) -> None:
    told = world.person(ANA).steward("help")
    assert "`/steward trainings`" in told
    hands = world.person(ANA).hands
    shown = next(m for m in hands.sees("general")[::-1] if "/steward trainings" in str(m["blocks"]))
    assert shown["blocks"][0]["expand"] is True


def test_how_lines_are_written_is_said_only_where_one_writes_them(world: World) -> None:
    voice = make_voice(world.bot.front)
    field = kinds()["scope"].field("units")
    assert field is not None
    ticked = drawn_field(voice, "scope", field, (), ["Sales", "People"])
    written = drawn_field(voice, "scope", field, ())
    assert (ticked["block_id"], "hint" in ticked) == (block(field), False)
    assert "One a line" in written["hint"]["text"]
