"""F23 to F31 for what two people settle beside the rules: proposing it, agreeing, not agreeing, confirming a ban."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox import payloads
from bot.slack.ids import Action, Press
from bot.slack.payloads import Who
from store.engine import PATIENCE
from tests.failures.acts import GROUP, Json, at_once, buttons, interacts, moves_cards, press_forged
from tests.failures.test_decisions import card_press, cards_in, named, wired
from tests.failures.wire import Wired
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, TEAM, Somebody, Thread, World, words
from tests.slack_world.bot import Bot
from tests.slack_world.people import FINDER, HARMLESS
from tests.slack_world.somebody import in_menu
from triage.case import DecisionKind, Status
from triage.motions import Matter, PutMotion, SecondMotion

__all__ = ["wired"]

PUT, SECOND, OPPOSE, FORBID = (
    Action.SET_TIER,
    Action.SECOND_MOTION,
    Action.OPPOSE_MOTION,
    Action.CONFIRM_PROHIBITED,
)
WISHES = (PUT, SECOND, OPPOSE, FORBID)
FIELDS: dict[Action, dict[str, str]] = {
    PUT: {"ground": "2", "reason": "It compares names."},
    SECOND: {},
    OPPOSE: {"reason": "It ranks people."},
    FORBID: {"reason": "It reads moods at work."},
}
SAID = {PUT: "put_motion", SECOND: "second_motion", OPPOSE: "oppose_motion", FORBID: "confirm_prohibited"}
"""What the trail calls the wish of a window that was handed in."""
ROLES: dict[str, Any] = {
    "roles.risk_owner": [CLEO, DAN],
    "roles.legal": [EVE, DAN],
    "roles.privacy": [EVE],
    "roles.committee": [CLEO],
}
in_group: dict[str, Any] = {
    "roles.risk_owner": [CLEO, GROUP],
    "roles.legal": [EVE, GROUP],
    "roles.privacy": [EVE],
    "roles.committee": [CLEO],
}
all_wishes = pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.value)
by_group = pytest.mark.parametrize("settings", [in_group], ids=["group"])


@pytest.fixture
def settings() -> dict[str, Any]:
    return ROLES


def stands(world: World, wish: Action, *, user: str = ANA) -> Thread:
    """A request for which that can be pressed: where it is agreed to or not, the first has proposed another tier."""
    asks = HARMLESS | {"red_flag": "emotion_work_school"} if wish is FORBID else FINDER
    thread = world.person(user).asks().submitted(asks)
    if wish in (SECOND, OPPOSE):
        assert signs(world.person(CLEO), PUT) is None
    return thread


def signs(person: Somebody, wish: Action) -> dict[str, str] | None:
    return person.decides(wish, None, **FIELDS[wish])


def said(world: World) -> list[str]:
    counts = ("motion.", "tier.", "case.declined")
    return [what for what in world.trail() if what.startswith(counts)]


def stood(thread: Thread) -> tuple[str, Status, int]:
    """The tier as it counts, the state, and how much was decided."""
    case = thread.case
    assert case.verdict is not None
    return str(case.verdict.tier.ceiling), case.status, len(case.decisions)


def filled(person: Somebody, wish: Action) -> Json:
    """The window of that button, filled in and about to be handed in."""
    person.presses_card(wish)
    person.hands.fills(**FIELDS[wish])
    view = person.world.workspace.views.top(person.user)
    assert view is not None
    with person.world.workspace.lock:
        return payloads.submission(person.world.workspace, view)


def forged(person: Somebody, wish: Action, thread: Thread, **change: Any) -> bool:
    """Pressed as any card could have shown it; `change`: parts of who pressed."""
    last = thread.case.decisions[-1].id if thread.case.decisions else ""
    press = Press(case=thread.case.id, choice="" if wish in (PUT, FORBID) else last)
    return press_forged(person, wish, press, **change)


def after(wish: Action) -> tuple[str, Status]:
    """What becomes of it."""
    if wish is FORBID:
        return "4", Status.declined
    return ("2" if wish is SECOND else "3"), Status.in_review


@all_wishes
def test_f23_a_window_that_is_handed_in_twice(world: World, wish: Action) -> None:
    thread = stands(world, wish)
    before, dan = len(said(world)), world.person(DAN)
    body = filled(dan, wish)
    at_once(*[lambda: dan.hands._send("interactive", body)] * 2)
    dan.hands.closes_view()
    world.settle()
    assert len(said(world)) == len(thread.case.decisions) == before + 1
    assert not [what for what in world.trail() if what.endswith(".refused")]


@all_wishes
def test_f23_two_windows_of_one_person(world: World, wish: Action) -> None:
    thread = stands(world, wish)
    before, dan = len(said(world)), world.person(DAN)
    bodies = [filled(dan, wish) for _ in range(2)]
    at_once(*(lambda body=body: dan.hands._send("interactive", body) for body in bodies))
    dan.hands.closes_view()
    world.settle()
    assert len(said(world)) == len(thread.case.decisions) == before + 1
    assert stood(thread)[:2] == after(wish)


def test_f24_two_propose_at_once(world: World) -> None:
    """Neither is taken for the second: nobody agrees to what they have not read."""
    thread = stands(world, PUT)
    people = [world.person(user) for user in (CLEO, DAN)]
    for person in people:
        filled(person, PUT)
    at_once(*(person.hands.submits for person in people))
    world.settle()
    assert said(world) == ["motion.put"]
    assert stood(thread) == ("3", Status.in_review, 1)
    (lost,) = [person for person in people if person.hands.view() is not None]
    (won,) = [person for person in people if person is not lost]
    assert "has proposed that already" in lost.window()
    assert f"<@{won.user}>" in lost.window()


def test_f24_one_agrees_and_one_does_not(world: World) -> None:
    thread = stands(world, SECOND)
    dan, eve = world.person(DAN), world.person(EVE)
    filled(dan, SECOND)
    filled(eve, OPPOSE)
    at_once(dan.hands.submits, eve.hands.submits)
    world.settle()
    assert len(said(world)) == 2
    agreed = said(world)[-1] == "tier.overridden"
    assert stood(thread)[0] == ("2" if agreed else "3")
    assert [person.hands.view() is None for person in (dan, eve)] == [agreed, not agreed]
    assert "settled already" in (eve if agreed else dan).window()


def test_f24_two_confirm_a_ban_at_once(world: World) -> None:
    thread = stands(world, FORBID)
    people = [world.person(user) for user in (DAN, EVE)]
    for person in people:
        filled(person, FORBID)
    at_once(*(person.hands.submits for person in people))
    world.settle()
    assert said(world) == ["case.declined"]
    (made,) = thread.case.decisions
    assert made.kind is DecisionKind.confirm_prohibited
    (lost,) = [person for person in people if person.hands.view() is not None]
    assert "declined" in lost.window()


@all_wishes
def test_f25_the_first_click_after_a_restart(alone: World, wish: Action) -> None:
    thread = stands(alone, wish)
    (card,) = alone.cards()
    alone.restart()
    assert signs(alone.person(DAN), wish) is None
    (now,) = alone.cards()
    assert now["ts"] == card["ts"]
    assert words(now) != words(card)
    assert stood(thread)[:2] == after(wish)


@all_wishes
def test_f26_who_does_not_hold_the_role(alone: World, wish: Action) -> None:
    thread, ben = stands(alone, wish), alone.person(BEN)
    before, lines = thread.case, len(alone.trail())
    assert ben.presses_card(wish), "acknowledged"
    assert ben.hands.view() is None
    assert ("This is for Legal" if wish is FORBID else "two of them together") in ben.told()
    assert thread.case == before
    assert alone.trail()[lines:] == [f"{wish.value}.refused"]


@pytest.mark.parametrize("settings", [ROLES, in_group], ids=["directly", "in the group"])
@all_wishes
def test_f27_ones_own_request(alone: World, wish: Action) -> None:
    named(alone, BEN, DAN)
    thread, dan = stands(alone, wish, user=DAN), alone.person(DAN)
    before, state = len(said(alone)), stood(thread)
    assert dan.presses_card(wish)
    assert dan.hands.view() is None
    assert (
        "somebody else has to decide" if wish is FORBID else "two others have to settle that"
    ) in dan.told()
    assert len(said(alone)) == before
    assert alone.trail()[-1] == f"{wish.value}.refused"
    assert stood(thread) == state


def test_f27_nobody_is_both_of_the_two(alone: World) -> None:
    stands(alone, SECOND)
    cleo = alone.person(CLEO)
    cleo.presses_card(SECOND)
    assert cleo.hands.view() is None
    assert "a second person has to agree" in cleo.told()
    assert alone.trail()[-1] == "second_motion.refused"


@by_group
@all_wishes
def test_f28_left_the_group_between_post_and_click(alone: World, wish: Action) -> None:
    named(alone, BEN, EVE)
    thread = stands(alone, wish)
    state, ben = stood(thread), alone.person(BEN)
    named(alone, EVE)
    ben.presses_card(wish)
    assert ben.hands.view() is None
    assert stood(thread) == state
    assert alone.trail()[-1] == f"{wish.value}.refused"


@by_group
@all_wishes
def test_f28_left_the_group_while_the_window_was_open(alone: World, wish: Action) -> None:
    named(alone, BEN, EVE)
    thread = stands(alone, wish)
    state, ben = stood(thread), alone.person(BEN)
    filled(ben, wish)
    named(alone, EVE)
    ben.hands.submits()
    alone.settle()
    assert ("This is for Legal" if wish is FORBID else "two of them together") in ben.window()
    assert stood(thread) == state
    assert alone.trail()[-1] == f"{SAID[wish]}.refused"


@all_wishes
def test_f29_a_press_from_another_organisation(alone: World, wish: Action) -> None:
    thread, dan = stands(alone, wish), alone.person(DAN)
    state = stood(thread)
    assert forged(dan, wish, thread, team_id="T0OTHER")
    assert dan.hands.view() is None
    assert dan.told()
    assert stood(thread) == state


@all_wishes
def test_f30_a_click_in_between_reads_who_was_there_first(alone: World, wish: Action) -> None:
    """Somebody's screen has not been drawn anew yet."""
    thread, dan = stands(alone, wish), alone.person(DAN)
    card = alone.cards()[0]
    late = menu_press(dan, card) if in_menu(card, wish) else card_press(dan, card, wish)
    first = alone.person(EVE if wish in (OPPOSE, SECOND, FORBID) else CLEO)
    assert signs(first, wish if wish in (PUT, FORBID) else OPPOSE) is None
    state = stood(thread)
    assert interacts(dan, late)
    assert dan.hands.view() is None
    there = {PUT: "<@U0CLEO> has proposed that already", FORBID: "<@U0EVE>"}
    assert there.get(wish, "settled already, last by <@U0EVE>") in dan.told()
    assert stood(thread) == state


def menu_press(person: Somebody, card: Json) -> Json:
    """As somebody chooses it from the menu of a card as it was."""
    ws = person.world.workspace
    rows = [
        (block, each) for block in card["blocks"] if block["type"] == "actions" for each in block["elements"]
    ]
    row, menu = next((block, each) for block, each in rows if each["type"] == "overflow")
    chosen = next(option for option in menu["options"] if option["value"] == PUT.value)
    pressed = {"type": "overflow", "action_id": menu["action_id"], "selected_option": chosen}
    with ws.lock:
        place = ws.channels[card["channel"]]
        message = next(m for m in place.messages if m.ts == card["ts"])
        element = pressed | {"block_id": row["block_id"]}
        return payloads.message_action(ws, person.hands.base, person.user, place, message, element)


def test_f30_every_copy_shows_it_without_a_click(world: World) -> None:
    """The channel of cards was moved in between, and it is agreed to on one of the two cards."""
    thread = stands(world, SECOND)
    moves_cards(world, "C0ALL")
    (old,), (new,) = cards_in(world, CARDS), cards_in(world, "C0ALL")
    assert SECOND in buttons(old)
    dan = world.person(DAN)
    assert interacts(dan, card_press(dan, new, SECOND))
    assert dan.hands.submits() is None
    world.settle()
    assert stood(thread)[0] == "2"
    for channel in (CARDS, "C0ALL"):
        (card,) = cards_in(world, channel)
        assert not {SECOND, OPPOSE} & {*buttons(card)}
        assert "set by two people" in words(card)


def test_f31_the_older_update_is_slower(wired: Wired) -> None:
    """One proposes it and another agrees, each updates the card; the first hangs, a second worker is idle."""
    thread, front = wired.person(ANA).asks().submitted(FINDER), wired.bot.front
    other = Bot(wired.server, wired.database_url, port=0, patience=PATIENCE)
    other.start()
    assert other.running is not None
    do: Callable[[Any], Any] = front.do
    try:
        case, cleo, eve = thread.case.id, *(front.person(Who(TEAM, user)) for user in (CLEO, EVE))
        wired.wire.holds(CARDS.encode(), b'"ts"')
        put = {"matter": Matter.tier, "value": "2", "reason": "It compares names."}
        do(PutMotion.model_validate({"actor": cleo, "key": "one", "case": case, **put}))
        assert wired.wire.caught.wait(10)
        do(SecondMotion(actor=eve, key="two", case=case, motion="one"))
        for _ in range(20):
            other.running.sender.wake()
            time.sleep(0.05)
        wired.wire.lets_go()
        wired.settle()
        (card,) = wired.cards()
        assert "set by two people" in words(card)
        assert not {SECOND, OPPOSE} & {*buttons(card)}
    finally:
        at_once(wired.stop_bot, other.close)
