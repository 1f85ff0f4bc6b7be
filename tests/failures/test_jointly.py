"""F23 to F31 for several like requests that are decided together."""

from __future__ import annotations

from typing import Any

from bot.sandbox import payloads
from bot.slack.fields import Field
from bot.slack.ids import Action
from tests.failures.acts import at_once, interacts
from tests.failures.test_decisions import by_group, named
from tests.failures.test_queued import body_of as pressed
from tests.failures.test_queued import decided, opened, outdated, presses
from tests.slack_world import ANA, BEN, CLEO, EVE, Somebody, World


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


def test_f26_who_may_not_decide_sees_none_of_them(alone: World) -> None:
    ben, cleo = opened(alone), alone.person(CLEO)
    body = pressed(ben, Action.JOINTLY)
    body["user"]["id"] = CLEO
    interacts(cleo, body)
    assert "AIU-" not in cleo.window()
    assert alone.trail()[-1] == "jointly.refused"


def test_f26_a_window_handed_in_by_somebody_else(alone: World) -> None:
    ben, cleo = filled(alone), alone.person(CLEO)
    body = body_of(ben)
    body["user"]["id"] = CLEO
    interacts(cleo, body)
    assert decided(alone) == []
    assert {what for what in alone.trail() if what.endswith(".refused")} == {"decline.refused"}


def test_f27_ones_own_is_not_among_them(alone: World) -> None:
    """Nobody is offered it; a window that names it all the same leaves it out."""
    own = alone.person(BEN).asks().submitted().case
    ben = filled(alone)
    body = body_of(ben)
    assert own.id not in str(body["view"]["state"])
    (group,) = body["view"]["state"]["values"][Field.LIKE.value].values()
    group["selected_options"].append(group["selected_options"][0] | {"value": f"{own.id}|{own.version}"})
    interacts(ben, body)
    assert decided(alone) == ["case.declined"] * 3
    assert [what for what in alone.trail() if what.endswith(".refused")] == ["decline.refused"]


@by_group
def test_f28_left_the_group_while_the_window_was_open(alone: World) -> None:
    named(alone, BEN, EVE)
    ben = filled(alone)
    named(alone, EVE)
    ben.hands.submits()
    alone.settle()
    assert decided(alone) == []
    assert {what for what in alone.trail() if what.endswith(".refused")} == {"decline.refused"}


def test_f29_from_another_organisation(alone: World) -> None:
    ben = opened(alone)
    body = pressed(ben, Action.JOINTLY)
    body["user"]["team_id"] = "T0OTHER"
    interacts(ben, body)
    assert "Decline" not in ben.window()
    ben.hands.closes_view()
    ben.steward("queue")
    presses(ben, Action.JOINTLY)
    ben.hands.fills(ruling="decline", reason="No.")
    body = body_of(ben)
    body["user"]["team_id"] = "T0OTHER"
    interacts(ben, body)
    assert decided(alone) == []


def test_f30_what_was_decided_elsewhere_is_left_out(world: World) -> None:
    ben = filled(world)
    world.person(EVE).decides(Action.APPROVE, reason="Fits.")
    assert ben.hands.submits() is None
    world.settle()
    assert sorted(decided(world)) == ["case.approved", "case.declined", "case.declined"]
    assert "Left out:" in ben.window()


def test_f30_every_copy_shows_it_without_a_click(world: World) -> None:
    ben = filled(world)
    assert ben.hands.submits() is None
    world.settle()
    for card in world.cards():
        assert Action.APPROVE not in str(card["blocks"])
        assert "declined" in str(card["blocks"]).lower()
    told = [text for text in world.person(ANA).dm() if "*No* for" in str(text)]
    assert len(told) == 3


def test_f31_an_older_press_opens_nothing_over_a_newer_window(alone: World) -> None:
    ben = opened(alone)
    old = pressed(ben, Action.JOINTLY)
    presses(ben, Action.JOINTLY)
    ben.hands.fills(ruling="decline", reason="No.")
    assert ben.hands.submits() is None
    alone.settle()
    said = ben.window()
    interacts(ben, old)
    assert ben.window() == said
    outdated(alone)
    assert decided(alone) == ["case.declined"] * 3
