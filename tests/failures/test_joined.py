"""F23 to F30 for joining an approved use, accepting what was decided since, and leaving."""

from __future__ import annotations

import pytest

from bot.sandbox import payloads
from bot.slack.ids import Action, Press
from tests.failures.acts import at_once, buttons, interacts, press_forged
from tests.failures.test_changed import window
from tests.journeys.test_changing import approved, confirms, looks
from tests.journeys.test_expiring import until
from tests.slack_world import ANA, BEN, CLEO, EVE, Somebody, World
from tests.slack_world.thread import Thread
from triage.case import Deployment


def asks_to_join(person: Somebody, thread: Thread, **change: str) -> bool:
    return press_forged(person, Action.JOIN, Press(case=thread.case.id), **change)


def joins(person: Somebody, thread: Thread) -> Deployment:
    asks_to_join(person, thread)
    person.hands.fills(unit="People")
    assert person.hands.submits() is None
    person.world.settle()
    return thread.case.deployments[-1]


def presses(person: Somebody, thread: Thread, act: Action, made: Deployment, **change: str) -> bool:
    decision = thread.case.decision
    assert decision is not None
    press = Press(case=thread.case.id, question=decision.id, choice=made.id)
    return press_forged(person, act, press, **change)


def told(world: World) -> list[str]:
    return [what for what in world.trail() if what.startswith(("use.", "join", "leave", "accept"))]


def test_f23_the_window_handed_in_twice_and_leaving_twice(world: World) -> None:
    thread, eve = approved(world), world.person(EVE)
    asks_to_join(eve, thread)
    eve.hands.fills(unit="People")
    body = window(eve)
    at_once(*[lambda: eve.hands._send("interactive", body)] * 2)
    world.settle()
    assert told(world) == ["use.joined"]
    (made,) = thread.case.deployments
    presses(eve, thread, Action.LEAVE, made)
    presses(eve, thread, Action.LEAVE, made)
    assert told(world) == ["use.joined", "use.left", "leave.refused"]
    assert world.differences() == []


def test_f24_two_teams_at_once(world: World) -> None:
    """Both are teams of it, or whoever is second sees how it is now; never half of one."""
    thread, people = approved(world), [world.person(user) for user in (EVE, CLEO)]
    for person in people:
        asks_to_join(person, thread)
        person.hands.fills(unit="People")
    bodies = [window(person) for person in people]
    at_once(*(lambda p=p, b=b: p.hands._send("interactive", b) for p, b in zip(people, bodies, strict=True)))
    world.settle()
    assert sorted(told(world)) == ["join.refused", "use.joined"]
    assert len(thread.case.deployments) == 1
    assert world.differences() == []


def test_f25_after_a_restart(alone: World) -> None:
    thread, eve = approved(alone), alone.person(EVE)
    alone.restart()
    asks_to_join(eve, thread)
    eve.hands.fills(unit="People")
    alone.restart()
    assert eve.hands.submits() is None
    alone.settle()
    assert len(thread.case.deployments) == 1


@pytest.mark.parametrize("act", [Action.LEAVE, Action.ACCEPT_TERMS])
def test_f26_f27_only_whoever_joined(alone: World, act: Action) -> None:
    """Not even whose use it is, nor who decides it."""
    thread, eve = approved(alone), alone.person(EVE)
    made = joins(eve, thread)
    before = thread.case
    presses(alone.person(BEN), thread, act, made)
    assert "Only whoever joined" in alone.person(BEN).told()
    assert thread.case == before
    assert alone.trail()[-1] == f"{act.value}.refused"


def test_f27_ones_own_use_is_not_joined(alone: World) -> None:
    thread = approved(alone)
    message, _ = thread.find(Action.CHANGE)
    with alone.workspace.lock:
        place = alone.workspace.place(ANA, "dm")
        found = next(m for m in place.messages if m.ts == message["ts"])
        drawn = {"type": "button", "action_id": "join", "value": f"{thread.case.id}|0||", "block_id": "b"}
        made = payloads.message_action(alone.workspace, thread.person.hands.base, ANA, place, found, drawn)
    assert interacts(thread.person, made)
    assert "This is your own use" in thread.person.told()
    assert thread.case.deployments == ()


def test_f29_a_press_from_another_organisation(alone: World) -> None:
    thread, eve = approved(alone), alone.person(EVE)
    assert asks_to_join(eve, thread, team_id="T0OTHER")
    assert eve.hands.view() is None
    made = joins(eve, thread)
    presses(eve, thread, Action.LEAVE, made, team_id="T0OTHER")
    assert thread.case.deployments == (made,)


def test_f30_a_window_that_stood_open_while_it_was_opened_again(alone: World) -> None:
    thread, eve = approved(alone), alone.person(EVE)
    asks_to_join(eve, thread)
    eve.hands.fills(unit="People")
    looks(alone.person(ANA), thread, purpose="Choose whom to invite")
    confirms(alone.person(ANA))
    assert eve.hands.submits() is None
    alone.settle()
    assert "Only what is approved can be joined" in eve.window()
    assert thread.case.deployments == ()
    assert asks_to_join(eve, thread)
    assert "Only what is approved can be joined" in eve.told()


def test_f30_expiry_takes_what_is_offered_away(alone: World) -> None:
    """By the clock alone: Home and the use itself offer it no more, and what stood open before reads why."""
    thread, eve = until(alone), alone.person(EVE)
    made = joins(alone.person(CLEO), thread)
    asks_to_join(eve, thread)
    eve.hands.fills(unit="People")
    assert "Otter" in eve.home().partition("What you may use")[2]
    alone.passes(days=50)
    assert "Nothing is approved yet" in eve.home()
    assert eve.hands.submits() is None
    alone.settle()
    assert "Only what is approved can be joined" in eve.window()
    (card,) = alone.cards()
    assert buttons(card) == []
    presses(alone.person(CLEO), thread, Action.ACCEPT_TERMS, made)
    assert "Only what is approved can be joined" in alone.person(CLEO).told()
    assert thread.case.deployments == (made,)
    assert "not at all once that has run out" in alone.person(CLEO).home()
