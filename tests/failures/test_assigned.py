"""F23 to F30 for what says who has a request: taking it, passing it on, stepping aside from it."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.slack.ids import Action, Press
from store.tables import UseRow
from tests.failures.acts import GROUP, at_once, buttons, press_forged
from tests.failures.test_decisions import by_group, card_press, named
from tests.slack_world import ANA, BEN, CARDS, CLEO, EVE, Somebody, World, words
from triage.case import Case, Status

WISHES = (Action.TAKE, Action.PASS_ON, Action.RECUSE)
all_wishes = pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.value)


def wishes(person: Somebody, wish: Action) -> bool:
    """By its button, or from the menu beside it."""
    if wish is Action.TAKE:
        return person.presses_card(wish)
    (card,) = person.world.cards()
    done = person.hands.selects(CARDS, card["ts"], Action.MORE.value, [wish.value])
    person.world.settle()
    return done


def carries_out(person: Somebody, wish: Action) -> None:
    wishes(person, wish)
    if wish is not Action.TAKE:
        person.hands.fills(**({"person": EVE} if wish is Action.PASS_ON else {"reason": "I sell it"}))
        assert person.hands.submits() is None
        person.world.settle()


def said(world: World) -> list[str]:
    return [what for what in world.trail() if what in ("case.taken", "case.passed_on", "case.recused")]


def has_it(case: Case) -> str:
    return case.assignments[-1].person if case.assignments else ""


def _case(world: World) -> str:
    with world.store.read() as session:
        return session.exec(select(UseRow.id)).one()


def test_f23_a_double_click_on_take(world: World) -> None:
    thread, ben = world.person(ANA).asks().submitted(), world.person(BEN)
    body = card_press(ben, world.cards()[0], Action.TAKE)
    at_once(*[lambda: ben.hands._send("interactive", body)] * 2)
    world.settle()
    assert said(world) == ["case.taken"]
    assert len(thread.case.assignments) == 1
    assert not [what for what in world.trail() if what.endswith(".refused")]


def test_f24_two_take_it_at_once(world: World) -> None:
    """Both did, one after the other: the card names the second, and the first reads who took it over."""
    thread = world.person(ANA).asks().submitted()
    (card,) = world.cards()
    people = [world.person(user) for user in (BEN, EVE)]
    bodies = [card_press(person, card, Action.TAKE) for person in people]
    at_once(*(lambda p=p, b=b: p.hands._send("interactive", b) for p, b in zip(people, bodies, strict=True)))
    world.settle()
    last = has_it(thread.case)
    user = next(p.user for p in people if world.bot.directory.user(last) == p.user)
    assert f"<@{user}> has had this since" in words(world.cards()[0])
    told = [p.told() for p in people]
    assert said(world) == ["case.taken"] * (2 - sum("card was drawn" in text for text in told))


@all_wishes
def test_f25_the_first_click_after_a_restart(alone: World, wish: Action) -> None:
    thread = alone.person(ANA).asks().submitted()
    (card,) = alone.cards()
    alone.restart()
    carries_out(alone.person(BEN), wish)
    (after,) = alone.cards()
    assert after["ts"] == card["ts"]
    assert words(after) != words(card)
    assert len(thread.case.assignments) == 1


def forged(person: Somebody, wish: Action, **change: str) -> bool:
    """Pressed as any card could have shown it; `change`: parts of who pressed."""
    return press_forged(person, wish, Press(case=_case(person.world)), **change)


@all_wishes
def test_f26_who_does_not_hold_the_role(alone: World, wish: Action) -> None:
    thread, cleo = alone.person(ANA).asks().submitted(), alone.person(CLEO)
    before, lines = thread.case, len(alone.trail())
    assert wishes(cleo, wish), "acknowledged"
    assert cleo.hands.view() is None
    assert "This is for the reviewer to decide" in cleo.told()
    assert thread.case == before
    assert alone.trail()[lines:] == [f"{wish.value}.refused"]


@pytest.mark.parametrize("settings", [{}, {"roles.reviewer": [GROUP]}], ids=["directly", "in the group"])
@all_wishes
def test_f27_ones_own_request(alone: World, wish: Action) -> None:
    named(alone, BEN, EVE)
    ben = alone.person(BEN)
    thread = ben.asks().submitted()
    assert forged(ben, wish)
    assert ben.hands.view() is None
    assert "somebody else has to decide" in ben.told()
    assert thread.case.assignments == ()
    assert alone.trail()[-1] == f"{wish.value}.refused"


@by_group
@all_wishes
def test_f28_left_the_group_between_post_and_click(alone: World, wish: Action) -> None:
    named(alone, BEN, EVE)
    thread, ben = alone.person(ANA).asks().submitted(), alone.person(BEN)
    named(alone, EVE)
    assert forged(ben, wish)
    assert ben.hands.view() is None
    assert f"<@{EVE}> can do it" in ben.told()
    assert thread.case.assignments == ()


@all_wishes
def test_f29_a_press_from_another_organisation(alone: World, wish: Action) -> None:
    thread, ben = alone.person(ANA).asks().submitted(), alone.person(BEN)
    assert forged(ben, wish, team_id="T0OTHER")
    assert ben.hands.view() is None
    assert "This is for the reviewer to decide" in ben.told()
    assert thread.case.assignments == ()


@all_wishes
def test_f30_a_click_after_the_decision_reads_already(alone: World, wish: Action) -> None:
    thread, eve = alone.person(ANA).asks().submitted(), alone.person(EVE)
    alone.person(BEN).decides(Action.APPROVE, reason="Yes")
    (card,) = alone.cards()
    assert buttons(card) == []
    assert forged(eve, wish)
    assert eve.hands.view() is None
    assert "already been approved" in eve.told()
    assert (thread.case.status, thread.case.assignments) == (Status.approved, ())
