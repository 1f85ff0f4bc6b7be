"""A real process, killed between putting rules into force and the last use that is judged by them."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.crash.conftest import Doomed
from tests.journeys.test_own_rules import STRICTER, proposes, ruling
from tests.slack_world import ANA, BEN, CARDS, CLEO, HARMLESS, World
from triage.case import Status


@pytest.mark.parametrize(
    "point",
    [
        "after the inbox commit",
        "before rules are judged by",
        "after some uses were judged anew",
        "between work and done",
    ],
)
def test_killed_while_rules_are_put_into_force(world: World, doomed: Doomed, point: str) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS)
    assert world.person(BEN).decides(Action.APPROVE) is None
    assert proposes(world, CLEO, STRICTER) is None
    doomed.start(point)
    doomed.arm()
    world.person(CLEO).hands.clicks(CARDS, ruling(world)["ts"], Action.ENFORCE_RULES.value)
    doomed.dies()
    assert thread.case.status is Status.in_review
    trail = world.trail()
    assert [trail.count(what) for what in ("rules.in_force", "case.rejudged", "case.under_reassessment")] == [
        1
    ] * 3
    told = [text for text in world.person(ANA).reads() if "rules of our organisation" in text]
    assert len(told) == 1
    assert "In force" in str(ruling(world))
