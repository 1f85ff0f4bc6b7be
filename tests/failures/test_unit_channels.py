"""F24 and F29 for the channels of units, which the governance lead chooses on Home."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import change
from bot.slack.ids import Action
from tests.journeys.test_home_lead import unit_fields
from tests.slack_world import CARDS, DAN, World
from tests.slack_world.people import SETTINGS


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.governance_lead": [DAN]}


def test_f24_of_a_units_channel_nothing_is_written_over_that_somebody_else_changed(world: World) -> None:
    dan, office = world.person(DAN), world.bot.front.office
    settled = {"organisation.units": ["Sales", "People"]}
    change(world.store, settled, by=None, key="units", now=world.store.now())
    office.changed()
    dan.home()
    assert dan.hands.clicks_home(f"{Action.SETTINGS.value}.1")
    field = unit_fields(dan)["Sales"]
    change(world.store, {"channels.units": [f"{CARDS} Sales"]}, by=None, key="cleo", now=world.store.now())
    general = next(each.id for each in world.workspace.channels.values() if each.name == "general")
    dan.hands.fills(**{field: general})
    problems = dan.hands.submits()
    assert problems is not None
    assert "Somebody changed this while the window was open." in problems[field]
    office.changed()
    assert office.config.channels.units == {"Sales": CARDS}


def test_f29_a_unit_reads_in_no_channel_that_others_read_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dan, front = world.person(DAN), world.bot.front
    change(world.store, {"organisation.units": ["Sales", "People"]}, by=None, key="u", now=world.store.now())
    front.office.changed()
    monkeypatch.setattr(front, "shared", lambda channel: channel == CARDS)
    dan.home()
    assert dan.hands.clicks_home(f"{Action.SETTINGS.value}.1")
    field = unit_fields(dan)["Sales"]
    dan.hands.fills(**{field: CARDS})
    problems = dan.hands.submits()
    assert problems is not None
    assert "Others than your own people" in problems[field]
    assert front.office.config.channels.units == {}
