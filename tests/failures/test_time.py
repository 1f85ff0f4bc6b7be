"""F18: what weeks do. Deadlines are in test_nudges.py."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.failures.acts import asking
from tests.slack_world import HARMLESS, World


@pytest.mark.parametrize("paused", [True, False], ids=["paused", "simply left"])
def test_f18_a_month_later(world: World, paused: bool) -> None:
    """The button that was left there goes on where it stopped, with everything that was said."""
    thread = asking(world, "people")
    before = thread.case.answers
    if paused:
        thread.types("pause")
    world.passes(days=31)
    world.restart()
    if paused:
        assert "Paused" in thread.last
        thread.presses(Action.RESUME)
        assert "Paused" not in thread.last, "what is open is put again, below all that was said"
    assert thread.case.answers == before
    assert thread.question == "people"
    thread.types(HARMLESS["people"])
    assert thread.case.answers["people"].picked == ("only_team",)
    thread.answers()
    thread.presses(Action.SUBMIT)
    assert thread.case.submitted_at is not None
    assert thread.case.submitted_at.month != thread.case.created_at.month


def test_f18_from_home(alone: World) -> None:
    thread = asking(alone, "people")
    alone.passes(days=31)
    ana = thread.person
    assert "Otter" in ana.home()
    ana.hands.clicks_home(Action.RESUME.value)
    alone.settle()
    assert thread.question == "people"
