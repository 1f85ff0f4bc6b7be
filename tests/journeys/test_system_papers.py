"""Which paper about a system is for whom, said and agreed to in Slack; and each time that somebody got it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.sandbox.reading import words
from bot.slack.ids import Action
from tests.journeys import test_system as system
from tests.slack_world import ANA, BEN, CLEO, DAN, HARMLESS, World

PAPER = "system_paper"
USE = "AIU-2026-0001"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    roles = {"roles.governance_lead": [DAN], "roles.executive": [CLEO]}
    made = World(database_url, settings=roles).open()
    made.person(ANA).asks().submitted(HARMLESS)
    yield made
    made.close()


def test_which_paper_is_for_whom_and_that_they_got_it(world: World) -> None:
    dan = world.person(DAN)
    dan.steward("setup")
    system.press(world, DAN, Action.STATE_ENTRY, f"{PAPER}|")
    said = {"title": "For the labour authority", "uses": USE, "audience": ["authorities"], "paper": "dossier"}
    assert system.fills(world, DAN, owner=BEN, **said) is None
    (entry,) = system.entries(world, PAPER)
    assert entry.in_force is None, "somebody else says yes to it"
    asked = [m for m in world.person(CLEO).dm() if "your yes" in words(m)][-1]
    assert world.person(CLEO).hands.clicks("dm", asked["ts"], f"{Action.APPROVE_ENTRY.value}.0")
    world.settle()
    (entry,) = system.entries(world, PAPER)
    assert entry.in_force is not None
    dan.hands.closes_view(all_of_them=True)
    for whom in ("The authority in the north", "The one in the south"):
        dan.steward("setup")
        system.press(world, DAN, Action.SYSTEM_KIND, PAPER)
        system.press(world, DAN, Action.READ_ENTRY)
        system.press(world, DAN, Action.ACT_ENTRY, "handed|")
        given = {"recipients": whom, "held_on": "2026-11-20", "evidence": "By registered letter"}
        assert system.fills(world, DAN, **given) is None
        dan.hands.closes_view(all_of_them=True)
    (entry,) = system.entries(world, PAPER)
    assert [each.said["recipients"] for each in entry.done] == [
        "The authority in the north",
        "The one in the south",
    ]
    assert entry.stage == "", "it can be handed over again"
