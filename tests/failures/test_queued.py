"""F23 to F31 for the queue: its window, its ways on, and what is decided in it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from bot.sandbox import payloads
from bot.slack.ids import Action, Press, to_value
from store.tables import AskRow, UseRow
from tests.failures.acts import GROUP, at_once, interacts
from tests.failures.test_decisions import by_group, named
from tests.slack_world import ANA, BEN, CLEO, EVE, Somebody, World

STEPS = (Action.QUEUE_NEXT, Action.QUEUE_LATER, Action.QUEUE_BACK)
all_steps = pytest.mark.parametrize("wish", STEPS, ids=lambda wish: wish.value)


def opened(world: World, count: int = 3, user: str = BEN) -> Somebody:
    for _ in range(count):
        world.person(ANA).asks().submitted()
    person = world.person(user)
    person.steward("queue")
    return person


def body_of(person: Somebody, wish: Action) -> dict[str, Any]:
    """A press in the window as it is now, to be sent whenever one likes."""
    ws, (shown,) = person.world.workspace, [person.hands.view()]
    assert shown is not None
    case = shown["private_metadata"].partition("|")[0]
    value = to_value(Press(case=case if wish not in STEPS else ""))
    drawn = {"type": "button", "action_id": wish.value, "value": value, "block_id": "b"}
    with ws.lock:
        view = ws.views.top(person.user)
        assert view is not None
        return payloads.view_action(ws, view, drawn)


def presses(person: Somebody, wish: Action) -> None:
    assert person.hands.clicks_view(wish.value)
    person.world.settle()


def outdated(world: World) -> None:
    """Slack took nothing from a press on an older window, as it was asked to, and that is all it refused."""
    assert {refusal["error"] for refusal in world.server.refusals} <= {"hash_conflict"}
    world.server.refusals.clear()


def decided(world: World) -> list[str]:
    return [what for what in world.trail() if what in ("case.approved", "case.declined")]


def test_f23_a_double_click_on_next_goes_one_on(world: World) -> None:
    ben = opened(world)
    body = body_of(ben, Action.QUEUE_NEXT)
    at_once(*[lambda: ben.hands._send("interactive", body)] * 2)
    world.settle()
    assert "2 of 3" in ben.window()
    outdated(world)
    assert not [what for what in world.trail() if what.endswith(".refused")]


def test_f23_a_decision_handed_in_twice_is_one(world: World) -> None:
    ben = opened(world)
    presses(ben, Action.DECLINE)
    ben.hands.fills(reason="No.")
    ws = world.workspace
    with ws.lock:
        view = ws.views.top(BEN)
        assert view is not None
        body = payloads.submission(ws, view)
    at_once(*[lambda: ben.hands._send("interactive", body)] * 2)
    world.settle()
    assert decided(world) == ["case.declined"]


def test_f24_two_decide_the_same_one_from_their_queues(world: World) -> None:
    ben = opened(world, 2)
    eve = world.person(EVE)
    eve.steward("queue")
    for person, wish in ((ben, Action.APPROVE), (eve, Action.DECLINE)):
        presses(person, wish)
        person.hands.fills(reason="So it is.")
    assert ben.hands.submits() is None
    assert eve.hands.submits() is None
    world.settle()
    assert decided(world) == ["case.approved"]
    assert "already been approved" in eve.window()
    assert "1 of 1" in eve.window()


@all_steps
def test_f25_the_first_press_after_a_restart(alone: World, wish: Action) -> None:
    ben = opened(alone)
    if wish is Action.QUEUE_BACK:
        presses(ben, Action.APPROVE)
    alone.restart()
    presses(ben, wish)
    at = {Action.QUEUE_NEXT: "2 of 3", Action.QUEUE_LATER: "1 of 3", Action.QUEUE_BACK: "1 of 3"}[wish]
    assert at in ben.window()


def test_f26_who_does_not_hold_the_role_sees_nothing_of_it(alone: World) -> None:
    ben = opened(alone)
    cleo = alone.person(CLEO)
    cleo.steward("queue")
    assert "Nothing waits for your decision." in cleo.window()
    body = body_of(ben, Action.QUEUE_NEXT)
    body["user"]["id"] = CLEO
    interacts(cleo, body)
    assert "AIU-" not in cleo.window()


def test_f26_a_decision_in_a_window_that_was_never_theirs(alone: World) -> None:
    ben, cleo = opened(alone), alone.person(CLEO)
    body = body_of(ben, Action.APPROVE)
    body["user"]["id"] = CLEO
    interacts(cleo, body)
    assert alone.trail()[-1] == "approve.refused"
    assert decided(alone) == []


@pytest.mark.parametrize("settings", [{}, {"roles.reviewer": [GROUP]}], ids=["directly", "in the group"])
def test_f27_ones_own_request_is_in_nobodys_own_queue(alone: World) -> None:
    named(alone, BEN, EVE)
    ben = alone.person(BEN)
    ben.asks().submitted()
    ben.steward("queue")
    assert "Nothing waits for your decision." in ben.window()


@by_group
def test_f28_left_the_group_between_two_presses(alone: World) -> None:
    named(alone, BEN, EVE)
    ben = opened(alone)
    presses(ben, Action.APPROVE)
    named(alone, EVE)
    ben.hands.fills(reason="Fits.")
    assert ben.hands.submits() is None
    alone.settle()
    assert decided(alone) == []
    assert f"<@{EVE}> can do it" in ben.window()
    assert "Nothing waits for your decision." in ben.window()


def test_f29_a_press_from_another_organisation(alone: World) -> None:
    ben = opened(alone)
    for wish in (Action.QUEUE_NEXT, Action.APPROVE):
        body = body_of(ben, wish)
        body["user"]["team_id"] = "T0OTHER"
        interacts(ben, body)
        assert "AIU-" not in ben.window()
        ben.hands.closes_view()
        ben.steward("queue")
    assert decided(alone) == []


def test_f30_decided_elsewhere_meanwhile(alone: World) -> None:
    ben = opened(alone, 2)
    eve = alone.person(EVE)
    assert eve.decides(Action.APPROVE, alone.cards()[0], reason="Fits.") is None
    presses(ben, Action.DECLINE)
    assert "already been approved" in ben.window()
    assert "1 of 1" in ben.window()
    assert decided(alone) == ["case.approved"]


def test_f30_nobody_begins_to_decide_on_how_it_was(alone: World) -> None:
    ben, eve = opened(alone, 1), alone.person(EVE)
    eve.presses_card(Action.TAKE)
    presses(ben, Action.APPROVE)
    assert "has changed since it was drawn here" in ben.window()
    assert f"<@{EVE}> has had this since" in ben.window()
    assert not [what for what in alone.trail() if what.endswith(".refused")]
    presses(ben, Action.APPROVE)
    ben.hands.fills(reason="Fits.")
    assert ben.hands.submits() is None
    alone.settle()
    assert decided(alone) == ["case.approved"]


def test_f31_an_older_press_changes_no_newer_window(alone: World) -> None:
    ben = opened(alone)
    old = body_of(ben, Action.QUEUE_NEXT)
    presses(ben, Action.QUEUE_NEXT)
    presses(ben, Action.QUEUE_NEXT)
    assert "3 of 3" in ben.window()
    interacts(ben, old)
    assert "3 of 3" in ben.window()
    outdated(alone)
    assert alone.person(BEN).dm() == [], "nobody is written to because of it"
    assert alone.cards()


TITLE = "An assistant that reads what was said and writes it down for everybody 🎙️"


def thousand(world: World) -> None:
    """One that was asked for, and as many more as it takes, alike in everything but number and words."""
    world.person(ANA).asks().submitted()
    with world.store.write() as session:
        use = session.exec(select(UseRow)).one().model_dump()
        asked = [each.model_dump() for each in session.exec(select(AskRow)).all()]
        for number in range(2, 1001):
            about = {"id": f"{number:032x}", "ref": f"AIU-2026-{number:04}", "title": f"{TITLE} {number}"}
            session.add(UseRow(**use | about))
            session.flush()
            session.add_all(AskRow(**each | {"use_id": about["id"]}) for each in asked)


def test_f32_a_thousand_wait_for_one_person(alone: World) -> None:
    """Home, the queue and the card stay within Slack's limits, and all of them are counted."""
    thousand(alone)
    ben = alone.person(BEN)
    home = ben.home()
    assert "1000 requests wait for your decision." in home
    assert "Show all 1000" in home
    assert ben.hands.clicks_home(Action.QUEUE.value)
    alone.settle()
    assert "1 of 1000" in ben.window()
    presses(ben, Action.QUEUE_NEXT)
    assert "2 of 1000" in ben.window()
    presses(ben, Action.QUEUE_LATER)
    assert "2 of 1000" in ben.window()
    assert ben.decides(Action.APPROVE, reason="Fits.") is None
    assert "999 requests wait for your decision." in ben.home()


def test_f32_a_thousand_requests_of_ones_own(alone: World) -> None:
    """Whoever asked for all of them sees five, how many there are, and goes on to the rest page by page."""
    thousand(alone)
    ana = alone.person(ANA)
    home = ana.home()
    assert home.count("being decided") == 5
    assert "Show all 1000" in home
    assert ana.hands.clicks_home(Action.HOME_PAGE.value)
    assert ana.hands.clicks_home(f"{Action.HOME_PAGE.value}.2")
    assert "11 to 20 of 1000" in str(ana.hands.home())
    assert "AIU-2026-0001" in ana.steward("list")
