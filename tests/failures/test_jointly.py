"""F23 to F31 for several like requests that are decided together."""

from __future__ import annotations

from typing import Any

from bot.sandbox import payloads
from bot.slack.ids import Action
from tests.failures.acts import at_once
from tests.failures.test_queued import decided, opened, presses
from tests.slack_world import BEN, EVE, Somebody, World


def shown(world: World, user: str = BEN) -> Somebody:
    person = opened(world, user=user)
    presses(person, Action.JOINTLY)
    return person


def body_of(person: Somebody) -> dict[str, Any]:
    """The window as it would be handed in, to be sent whenever one likes."""
    ws = person.world.workspace
    with ws.lock:
        view = ws.views.top(person.user)
        assert view is not None
        return payloads.submission(ws, view)


def filled(world: World, user: str = BEN) -> Somebody:
    person = shown(world, user)
    person.hands.fills(ruling="decline", reason="No.")
    return person


def test_f23_handed_in_twice_decides_each_once(world: World) -> None:
    body = body_of(ben := filled(world))
    at_once(*[lambda: ben.hands._send("interactive", body)] * 2)
    world.settle()
    assert decided(world) == ["case.declined"] * 3
    assert world.differences() == []


def test_f24_two_at_once_decide_each_once_and_the_other_reads_who_was_first(world: World) -> None:
    ben = filled(world)
    eve = world.person(EVE)
    eve.steward("queue")
    presses(eve, Action.JOINTLY)
    eve.hands.fills(ruling="approve", reason="Fits.")
    at_once(ben.hands.submits, eve.hands.submits)
    world.settle()
    assert len(decided(world)) == 3
    assert len(set(decided(world))) == 1
    assert "Left out:" in ben.window() + eve.window()


def test_f25_the_window_of_before_a_restart_decides(world: World) -> None:
    ben = filled(world)
    world.restart()
    assert ben.hands.submits() is None
    world.settle()
    assert decided(world) == ["case.declined"] * 3


def test_f30_what_was_decided_elsewhere_is_left_out(world: World) -> None:
    ben = filled(world)
    world.person(EVE).decides(Action.APPROVE, reason="Fits.")
    assert ben.hands.submits() is None
    world.settle()
    assert sorted(decided(world)) == ["case.approved", "case.declined", "case.declined"]
    assert "Left out:" in ben.window()
