"""Questionnaires and rules beside the standard ones are switched on in Slack by whoever leads, and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from bot.keeping import keep
from bot.library import library
from bot.slack import blocks
from bot.slack.ids import Action
from bot.slack.payloads import Who
from tests.journeys.test_home_lead import changes, forged, refused, seen
from tests.journeys.test_policies_renewed import looks
from tests.slack_world import ANA, BEN, DAN, World
from tests.slack_world.people import SETTINGS, TEAM
from triage.policies import OPTIONAL, SECTORS
from triage.schemes import ASKED, TASKED


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.governance_lead": [DAN]}


def opens(world: World) -> None:
    dan = world.person(DAN)
    dan.home()
    assert "Questionnaires and rules" in seen(dan)
    assert dan.hands.clicks_home(f"{Action.SETTINGS.value}.4")


def ticks(world: World, *names: str) -> dict[str, str] | None:
    dan = world.person(DAN)
    dan.hands.fills(policies=list(names))
    problems = dan.hands.submits()
    world.settle()
    return problems


def test_the_refusal_names_the_way_and_the_way_leads_to_the_assessment(world: World) -> None:
    keep(world.store, library())
    world.person(ANA).asks().submitted()
    refusal = world.person(DAN).steward("assess 1")
    assert "`/steward settings`" in refusal
    assert "settings file" not in refusal
    opens(world)
    assert ticks(world, "ai-impact", "dpia-screening") is None
    lead = world.bot.front.person(Who(TEAM, DAN))
    assert changes(world) == [(lead, ["policies"])]
    assert world.bot.front.office.config.policies == ("ai-impact", "dpia-screening")
    world.person(DAN).hands.closes_view(all_of_them=True)
    world.person(DAN).steward("assess 1")
    view = world.person(DAN).hands.view()
    assert view is not None
    assert "AI system impact assessment" in str(view["blocks"])


def test_what_is_switched_on_stays_on_in_the_window(world: World) -> None:
    opens(world)
    assert ticks(world, "ai-impact", "us") is None
    world.person(DAN).hands.closes_view(all_of_them=True)
    looks(world)
    opens(world)
    problems = ticks(world, "us", "owasp")
    assert problems is not None
    assert "AI system impact assessment" in problems["policies"]
    assert "Whoever runs Steward" in problems["policies"]
    assert set(world.bot.front.office.config.policies) == {"us", "ai-impact"}, "nothing of it was written"
    assert ticks(world, "us", "owasp", "ai-impact") is None
    assert len(changes(world)) == 2


def test_nobody_else_switches_anything_on(world: World) -> None:
    for user in (ANA, BEN):
        forged(world, user, Action.SETTINGS, "policies")
        assert world.person(user).hands.view() is None
    assert refused(world) == 2
    assert changes(world) == []


def test_each_stands_there_with_what_it_brings_in_whole(world: World) -> None:
    opens(world)
    view = world.person(DAN).hands.view()
    assert view is not None
    (field,) = [each for each in view["blocks"] if each["type"] == "input"]
    shown = {each["value"]: each for each in field["element"]["options"]}
    chosen = {*OPTIONAL, *ASKED, "supplier"} - {*SECTORS, *TASKED}
    assert shown.keys() == chosen
    assert len(shown) <= blocks.CHECKBOXES
    for each in shown.values():
        assert not each["text"]["text"].endswith("…")
        assert not each["description"]["text"].endswith("…")
