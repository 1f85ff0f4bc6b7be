"""F23 to F31 for a questionnaire about a use: opened by its button, handed in page by page."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from bot.config import change
from bot.keeping import keep
from bot.library import library
from bot.sandbox import payloads
from bot.slack.ids import Action
from tests.failures.acts import GROUP, Json, at_once, interacts, press_drawn
from tests.failures.test_decisions import card_press, named, wired
from tests.failures.wire import Wired
from tests.journeys.test_assess import drawn, hands_in, section, sheet
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, HARMLESS, Somebody, Thread, World
from triage.case import Status

__all__ = ["wired"]

NAME = "projectDetailsRespondent"
GROUPED = {"roles.committee": [CLEO], "policies": ["canada-aia"], "roles.reviewer": [GROUP]}
by_group = pytest.mark.parametrize("settings", [GROUPED], ids=["group"])


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"policies": ["canada-aia"]}


def assessed(world: World) -> Thread:
    keep(world.store, library())
    return world.person(ANA).asks().submitted(HARMLESS)


def first_page(person: Somebody, says: str) -> Json:
    """The first page as it would be handed in now."""
    assert person.presses_card(Action.ASSESS)
    assert section(hands_in(person, {})) == "Project details"
    person.hands.fills(**{NAME: says})
    view = person.world.workspace.views.top(person.user)
    assert view is not None
    with person.world.workspace.lock:
        return payloads.submission(person.world.workspace, view)


def given(world: World, thread: Thread) -> str:
    answer = sheet(world, thread.case.id).answers.get(NAME)
    return answer.text if answer else ""


def test_f23_a_page_handed_in_twice(world: World) -> None:
    thread, ben = assessed(world), world.person(BEN)
    body = first_page(ben, "Ben")
    before = world.trail()
    at_once(*[lambda: ben.hands._send("interactive", body)] * 2)
    world.settle()
    assert given(world, thread) == "Ben"
    once = world.trail()[len(before) :]
    assert once
    assert len(once) == len(set(once)), "each line once"
    assert not [what for what in once if what.endswith(".refused")]


def test_f24_two_hand_in_the_same_page_at_once(world: World) -> None:
    """Both count, one after the other, and what stands is what one of them wrote."""
    thread = assessed(world)
    ben, eve = world.person(BEN), world.person(EVE)
    bodies = [first_page(ben, "Ben"), first_page(eve, "Eve")]
    at_once(
        *(lambda p=p, b=b: p.hands._send("interactive", b) for p, b in zip((ben, eve), bodies, strict=True))
    )
    world.settle()
    facts = sheet(world, thread.case.id).answers
    assert given(world, thread) in ("Ben", "Eve")
    assert len(facts) == 1


def test_f25_the_first_page_after_a_restart(alone: World) -> None:
    thread, ben = assessed(alone), alone.person(BEN)
    body = first_page(ben, "Ben")
    alone.restart()
    assert interacts(ben, body)
    assert given(alone, thread) == "Ben"


def test_f26_who_has_nothing_to_do_with_it(alone: World) -> None:
    thread, dan = assessed(alone), alone.person(DAN)
    lines = len(alone.trail())
    assert dan.presses_card(Action.ASSESS)
    assert dan.hands.view() is None
    assert dan.told()
    assert given(alone, thread) == ""
    assert [what for what in alone.trail()[lines:] if not what.endswith(".refused")] == []
    assert alone.trail()[lines:]


def test_f26_who_may_see_it_without_having_a_part_in_it(alone: World) -> None:
    """What is approved is before everybody's eyes; answering about it is not everybody's."""
    thread, dan = assessed(alone), alone.person(DAN)
    alone.person(BEN).decides(Action.APPROVE, reason="Fits.")
    assert thread.case.status is Status.approved
    lines = len(alone.trail())
    assert "answered by whoever asked for the use" in dan.steward("assess 1")
    assert dan.hands.view() is None
    assert sheet(alone, thread.case.id).facts == {}
    assert alone.trail()[lines:] == ["assess.refused"]


@by_group
def test_f28_left_the_group_between_page_and_hand_in(alone: World) -> None:
    named(alone, BEN, EVE)
    thread, ben = assessed(alone), alone.person(BEN)
    body = first_page(ben, "Ben")
    named(alone, EVE)
    assert interacts(ben, body)
    assert given(alone, thread) == ""
    assert alone.trail()[-1].endswith(".refused")


def test_f29_a_press_from_another_organisation(alone: World) -> None:
    thread, ben = assessed(alone), alone.person(BEN)
    assert interacts(ben, card_press(ben, alone.cards()[0], Action.ASSESS, team_id="T0OTHER"))
    assert ben.hands.view() is None
    assert ben.told()
    assert given(alone, thread) == ""


def test_f30_a_page_handed_in_after_the_use_was_withdrawn(alone: World) -> None:
    """The button is gone from the card, and what comes in between reads why nothing was kept."""
    thread, ben = assessed(alone), alone.person(BEN)
    card = alone.cards()[0]
    button = next(
        e
        for b in card["blocks"]
        if b["type"] == "actions"
        for e in b["elements"]
        if e["action_id"] == Action.ASSESS
    )
    first_page(ben, "Ben")
    thread.presses(Action.WITHDRAW)
    assert Action.ASSESS.value not in str(alone.cards()[0])
    assert ben.hands.submits() is None
    alone.settle()
    assert "not in the register any more" in ben.window()
    ben.hands.closes_view()
    assert press_drawn(ben, alone.cards()[0], button)
    assert given(alone, thread) == ""


def test_f31_an_older_page_arrives_last(wired: Wired) -> None:
    """Another language is asked for and hangs; meanwhile it goes on, and what came after stays."""
    change(wired.store, {"policies": ["canada-aia"]}, by=None, key="scheme", now=wired.store.now())
    wired.bot.office.changed()
    assessed(wired)
    ben = wired.person(BEN)
    assert ben.presses_card(Action.ASSESS)
    french = next(e for b in drawn(ben)["blocks"] for e in b.get("elements", []) if "En fran" in str(e))
    wired.wire.holds(b"views.update")
    turning = threading.Thread(target=lambda: ben.hands.clicks_view(french["action_id"]))
    turning.start()
    assert wired.wire.caught.wait(10)
    assert ben.hands.submits() is None
    assert section(drawn(ben)) == "Project details"
    wired.wire.lets_go()
    turning.join()
    wired.settle()
    assert section(drawn(ben)) == "Project details"
