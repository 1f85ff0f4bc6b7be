"""F23 to F31 for exceptions that two people confirm: saying that one applies, confirming it, objecting to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox import payloads
from bot.slack.ids import Action, Press
from bot.slack.payloads import Who
from tests.failures.acts import GROUP, Json, at_once, buttons, interacts, moves_cards, press_forged
from tests.failures.test_decisions import card_press, cards_in, named, wired
from tests.failures.wire import Wired, overtaken
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, TEAM, Somebody, Thread, World, words
from tests.slack_world.people import FINDER
from triage.case import Status
from triage.commands import ClaimException, ConfirmException

__all__ = ["wired"]

CLAIM, CONFIRM, OBJECT = Action.CLAIM_EXCEPTION, Action.CONFIRM_EXCEPTION, Action.OBJECT_EXCEPTION
WISHES = (CLAIM, CONFIRM, OBJECT)
FIELDS: dict[Action, dict[str, str]] = {
    CLAIM: {"ground": "narrow_task", "reason": "It compares names."},
    CONFIRM: {},
    OBJECT: {"reason": "It ranks people."},
}
all_wishes = pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.value)
in_group = pytest.mark.parametrize("settings", [{"roles.legal": [GROUP]}], ids=["group"])
lone_group = pytest.mark.parametrize(
    "settings", [{"roles.legal": [GROUP], "roles.risk_owner": [DAN]}], ids=["group"]
)


def stands(world: World, wish: Action, *, user: str = ANA) -> Thread:
    """A request for which that can be pressed: where it is confirmed or objected to, the risk owner has signed."""
    thread = world.person(user).asks().submitted(FINDER)
    if wish is not CLAIM:
        assert signs(world.person(_first(world)), CLAIM) is None
    return thread


def _first(world: World) -> str:
    return DAN if world.bot.office.config.roles["risk_owner"] == (DAN,) else CLEO


def signs(person: Somebody, wish: Action) -> dict[str, str] | None:
    return person.decides(wish, None, **FIELDS[wish])


def said(world: World) -> list[str]:
    return [what for what in world.trail() if what.startswith("exception.")]


def eu(thread: Thread) -> str:
    verdict = thread.case.verdict
    assert verdict is not None
    return str(verdict.results["eu"].ceiling)


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
    press = Press(case=thread.case.id, choice="" if wish is CLAIM else last)
    return press_forged(person, wish, press, **change)


@all_wishes
def test_f23_a_window_that_is_handed_in_twice(world: World, wish: Action) -> None:
    thread = stands(world, wish)
    before, eve = len(said(world)), world.person(EVE)
    body = filled(eve, wish)
    at_once(*[lambda: eve.hands._send("interactive", body)] * 2)
    eve.hands.closes_view()
    world.settle()
    assert len(said(world)) == len(thread.case.decisions) == before + 1
    assert not [what for what in world.trail() if what.endswith(".refused")]


@all_wishes
def test_f23_two_windows_of_one_person(world: World, wish: Action) -> None:
    thread = stands(world, wish)
    before, eve = len(said(world)), world.person(EVE)
    bodies = [filled(eve, wish) for _ in range(2)]
    at_once(*(lambda body=body: eve.hands._send("interactive", body) for body in bodies))
    eve.hands.closes_view()
    world.settle()
    assert len(said(world)) == len(thread.case.decisions) == before + 1
    assert eu(thread) == ("minimal" if wish is CONFIRM else "high")


def test_f24_two_say_so_at_once(world: World) -> None:
    """Neither is taken for the second: nobody confirms what they have not read."""
    thread = stands(world, CLAIM)
    people = [world.person(user) for user in (CLEO, EVE)]
    for person in people:
        filled(person, CLAIM)
    at_once(*(person.hands.submits for person in people))
    world.settle()
    assert said(world) == ["exception.claimed"]
    assert eu(thread) == "high"
    (lost,) = [person for person in people if person.hands.view() is not None]
    (won,) = [person for person in people if person is not lost]
    assert "has said so already" in lost.window()
    assert f"<@{won.user}>" in lost.window()


def test_f24_one_confirms_and_one_objects(world: World) -> None:
    thread = stands(world, CONFIRM)
    cleo, eve = world.person(CLEO), world.person(EVE)
    filled(eve, CONFIRM)
    filled(cleo, OBJECT)
    at_once(eve.hands.submits, cleo.hands.submits)
    world.settle()
    assert len(said(world)) == 2
    confirmed = said(world)[-1] == "exception.confirmed"
    assert eu(thread) == ("minimal" if confirmed else "high")
    assert [person.hands.view() is None for person in (eve, cleo)] == [confirmed, not confirmed]
    assert world.differences() == []


@all_wishes
def test_f25_the_first_click_after_a_restart(alone: World, wish: Action) -> None:
    thread = stands(alone, wish)
    (card,) = alone.cards()
    alone.restart()
    assert signs(alone.person(EVE), wish) is None
    (after,) = alone.cards()
    assert after["ts"] == card["ts"]
    assert words(after) != words(card)
    assert eu(thread) == ("minimal" if wish is CONFIRM else "high")


@pytest.mark.parametrize("user", [BEN, DAN])
@all_wishes
def test_f26_who_does_not_hold_the_role(alone: World, wish: Action, user: str) -> None:
    thread, other = stands(alone, wish), alone.person(user)
    before, lines = thread.case, len(alone.trail())
    assert other.presses_card(wish), "acknowledged"
    assert other.hands.view() is None
    assert "Legal and the risk owners say whether an exception applies" in other.told()
    assert thread.case == before
    assert alone.trail()[lines:] == [f"{wish.value}.refused"]


@pytest.mark.parametrize("settings", [{}, {"roles.legal": [GROUP]}], ids=["directly", "in the group"])
@all_wishes
def test_f27_ones_own_request(alone: World, wish: Action) -> None:
    named(alone, BEN, EVE)
    thread, eve = stands(alone, wish, user=EVE), alone.person(EVE)
    before = len(said(alone))
    assert eve.presses_card(wish)
    assert eve.hands.view() is None
    assert "two others have to confirm" in eve.told()
    assert len(said(alone)) == before
    assert alone.trail()[-1] == f"{wish.value}.refused"
    assert alone.case(thread.root, EVE).status is Status.in_review


def test_f27_nobody_is_both_of_the_two(alone: World) -> None:
    stands(alone, CONFIRM)
    cleo = alone.person(CLEO)
    cleo.presses_card(CONFIRM)
    assert cleo.hands.view() is None
    assert "a second person has to confirm it" in cleo.told()
    assert alone.trail()[-1] == "confirm_exception.refused"


@in_group
@all_wishes
def test_f28_left_the_group_between_post_and_click(alone: World, wish: Action) -> None:
    named(alone, BEN, EVE)
    thread = stands(alone, wish)
    before, ben = len(said(alone)), alone.person(BEN)
    named(alone, EVE)
    ben.presses_card(wish)
    assert ben.hands.view() is None
    assert "Legal and the risk owners" in ben.told()
    assert (len(said(alone)), eu(thread)) == (before, "high")


@in_group
@all_wishes
def test_f28_left_the_group_while_the_window_was_open(alone: World, wish: Action) -> None:
    named(alone, BEN, EVE)
    thread = stands(alone, wish)
    before, ben = len(said(alone)), alone.person(BEN)
    filled(ben, wish)
    named(alone, EVE)
    ben.hands.submits()
    alone.settle()
    assert "Legal and the risk owners" in ben.window()
    assert (len(said(alone)), eu(thread)) == (before, "high")
    assert alone.trail()[-1] == f"{wish.value}.refused"


@all_wishes
def test_f29_a_press_from_another_organisation(alone: World, wish: Action) -> None:
    thread, eve = stands(alone, wish), alone.person(EVE)
    before = len(said(alone))
    assert forged(eve, wish, thread, team_id="T0OTHER")
    assert eve.hands.view() is None
    assert "Legal and the risk owners" in eve.told()
    assert (len(said(alone)), eu(thread)) == (before, "high")


@all_wishes
def test_f30_a_click_in_between_reads_who_was_there_first(alone: World, wish: Action) -> None:
    """Somebody's screen has not been drawn anew yet."""
    thread, eve = stands(alone, wish), alone.person(EVE)
    late = card_press(eve, alone.cards()[0], wish)
    first = alone.person(CLEO)
    assert signs(first, CLAIM if wish is CLAIM else OBJECT) is None
    before = said(alone)
    assert interacts(eve, late)
    assert eve.hands.view() is None
    assert ("<@U0CLEO> has said so already" if wish is CLAIM else "settled or was replaced") in eve.told()
    assert (said(alone), eu(thread)) == (before, "high")


def test_f30_every_copy_shows_it_without_a_click(world: World) -> None:
    """The channel of cards was moved in between, and it is confirmed on one of the two cards."""
    thread = stands(world, CONFIRM)
    moves_cards(world, "C0ALL")
    (old,), (new,) = cards_in(world, CARDS), cards_in(world, "C0ALL")
    assert CONFIRM in buttons(old)
    eve = world.person(EVE)
    assert interacts(eve, card_press(eve, new, CONFIRM))
    assert eve.hands.submits() is None
    world.settle()
    assert eu(thread) == "minimal"
    for channel in (CARDS, "C0ALL"):
        (card,) = cards_in(world, channel)
        assert not {*WISHES} & {*buttons(card)}
        assert "confirmed that the exception of Article 6(3) applies" in words(card)


def test_f31_the_older_update_is_slower(wired: Wired) -> None:
    """One says so and another confirms it, each updates the card; the first hangs, a second worker is idle."""
    thread, front = wired.person(ANA).asks().submitted(FINDER), wired.bot.front
    do: Callable[[Any], Any] = front.do
    case, cleo, eve = thread.case.id, *(front.person(Who(TEAM, user)) for user in (CLEO, EVE))
    claim = ClaimException(
        actor=cleo, key="one", case=case, ground="narrow_task", reason="It compares names."
    )
    confirm = ConfirmException(actor=eve, key="two", case=case, claim="one")
    with overtaken(wired, lambda: do(claim), lambda: do(confirm), CARDS.encode(), b'"ts"'):
        (card,) = wired.cards()
        assert "confirmed that the exception of Article 6(3) applies" in words(card)
        assert not {*WISHES} & {*buttons(card)}
