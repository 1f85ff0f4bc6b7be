"""An objective chosen from the list, and measured: Steward proposes what the register says, and a person says it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.proof import prove
from bot.slack.ids import Action
from tests.journeys.test_system import approves, entries, fills, gives, id_of, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, HARMLESS, World
from triage.aims.entry import Entry
from triage.aims.objectives import held


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO])


def lists(world: World) -> str:
    """The window of all objectives, from the set-up."""
    dan = world.person(DAN)
    dan.steward("setup")
    press(world, DAN, Action.SYSTEM_KIND, "objective|")
    return dan.window()


def chosen(world: World, id: str, **more: Any) -> Entry:
    lists(world)
    press(world, DAN, Action.STATE_ENTRY, f"list:{id}")
    assert fills(world, DAN, owner=EVE, due="2027-06-30", **more) is None
    world.person(DAN).hands.closes_view(all_of_them=True)
    approves(world)
    world.person(CLEO).hands.closes_view(all_of_them=True)
    return entries(world, "objective")[-1]


def opens(world: World) -> str:
    eve = world.person(EVE)
    eve.home()
    eve.hands.clicks_home(f"{Action.ACT_ENTRY.value}.0")
    return eve.window()


def test_it_is_chosen_and_what_was_counted_stands_beside_what_somebody_says(world: World) -> None:
    assert "Whoever asks gets an answer quickly" in lists(world)
    world.person(DAN).hands.closes_view(all_of_them=True)
    entry = chosen(world, "quick-answers")
    assert entry.in_force is not None
    assert entry.in_force.said["counts"] == "days_to_decide"
    assert "Whoever asks gets an answer quickly" not in lists(world).partition("Or begin with one")[2]
    world.person(ANA).asks().submitted(HARMLESS)
    world.passes(hours=24)
    world.person(BEN).decides(Action.APPROVE)
    assert "Steward finds nothing to count" in opens(world), "the day on which it was decided is not over"
    world.person(EVE).hands.closes_view(all_of_them=True)
    world.passes(hours=24)
    window = opens(world)
    assert "Saturdays and Sundays left out" in window, "on what it rests"
    assert "entry.part" not in str(world.person(EVE).hands.view()), "nobody types what was counted"
    today = world.bot.front.desk().day.isoformat()
    assert fills(world, EVE, as_of=today, met="yes") == {
        "entry.as_of": "A day that is over, please: only then can nothing more happen on it."
    }
    world.person(EVE).hands.closes_view(all_of_them=True)
    opens(world)
    assert fills(world, EVE, met="yes") is None, "the figure stands there already"
    (entry,) = entries(world, "objective")
    (once,) = held(entry)
    assert once.counted is not None
    assert once.counted.whole == 1
    assert (
        once.value == f"{once.counted.part} working day{'' if once.counted.part == 1 else 's'} (decisions: 1)"
    )
    assert entry.done[0].by == id_of(world, EVE)
    with world.store.read() as session:
        assert prove(session).ok


def test_how_it_went_is_drawn_in_its_window(world: World) -> None:
    chosen(world, "fair-to-groups")
    for value in ("9 points", "6 points"):
        assert "as of the end of" not in opens(world), "what is in no register is for people to measure"
        assert fills(world, EVE, value=value, met="on_the_way") is None
        world.person(EVE).hands.closes_view(all_of_them=True)
    lists(world)
    press(world, DAN, Action.READ_ENTRY)
    assert "How it went: 9 points → 6 points" in world.person(DAN).window()
