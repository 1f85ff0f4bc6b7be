"""Who has a request: taken with one press, passed on, stepped aside from; whoever asked sees who has it."""

from __future__ import annotations

from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, CARDS, CLEO, EVE, Somebody, World, words
from triage.case import Status


def menu(person: Somebody, wish: Action) -> None:
    (card,) = person.world.cards()
    assert person.hands.selects(CARDS, card["ts"], Action.MORE.value, [wish.value])
    person.world.settle()


def below(world: World, user: str = BEN) -> list[str]:
    (card,) = world.cards()
    return [words(m) for m in world.server.person(user).sees(CARDS) if m.get("thread_ts") == card["ts"]]


def test_one_press_says_who_looks_at_it(world: World) -> None:
    thread, ben, eve = world.person(ANA).asks().submitted(), world.person(BEN), world.person(EVE)
    ben.presses_card(Action.TAKE)
    (card,) = world.cards()
    assert f"<@{BEN}> has had this since" in words(card)
    assert f"<@{BEN}> takes this one." in below(world)[-1]
    assert any(f"<@{BEN}> (the reviewer) decides by" in text for text in thread.texts())
    assert "You took it." in ben.home()
    assert f"<@{BEN}> took it." in eve.home()
    menu(eve, Action.TAKE)
    assert f"<@{EVE}> takes this one over from <@{BEN}>." in below(world)[-1]
    assert eve.decides(Action.APPROVE, reason="Fits.") is None
    assert thread.case.status is Status.approved
    assert world.trail().count("case.taken") == 2


def test_it_is_passed_on_to_who_may_decide(world: World) -> None:
    world.person(ANA).asks().submitted()
    ben = world.person(BEN)
    menu(ben, Action.PASS_ON)
    assert f"<@{EVE}> could decide it, too." in ben.window()
    ben.hands.fills(person=CLEO)
    problems = ben.hands.submits()
    assert problems is not None
    assert "They may not decide this one" in problems["person"]
    ben.hands.fills(person=EVE)
    assert ben.hands.submits() is None
    world.settle()
    (card,) = world.cards()
    assert f"<@{EVE}> has had this since" in words(card)
    assert f"<@{BEN}> passed this on to <@{EVE}>." in below(world)[-1]


def test_whoever_has_an_interest_in_it_stays_out_of_it(world: World) -> None:
    thread, ben = world.person(ANA).asks().submitted(), world.person(BEN)
    ben.presses_card(Action.TAKE)
    menu(ben, Action.RECUSE)
    assert "cannot be taken back" in ben.window()
    assert ben.hands.submits() == {"reason": "Please complete this required field."}
    ben.hands.fills(reason="<!channel> My brother sells it")
    assert ben.hands.submits() is None
    world.settle()
    (card,) = world.cards()
    assert f"<@{BEN}> stays out of it: conflict of interest." in words(card)
    assert f"<@{EVE}> (the reviewer) decides" in words(card)
    assert "My brother sells it" in below(world)[-1]
    assert "<!channel>" not in below(world)[-1]
    ben.presses_card(Action.APPROVE)
    assert "You stepped aside from this request" in ben.told()
    assert "AIU-2026-0001" not in ben.home().partition("Waiting for you")[2]
    assert world.person(EVE).decides(Action.DECLINE, reason="No") is None
    assert thread.case.status is Status.declined


def test_where_nobody_is_left_the_lead_is_asked_to_name_somebody(world: World) -> None:
    world.person(ANA).asks().submitted()
    for user in (BEN, EVE, CLEO):  # the risk owner stands in once no reviewer is left
        person = world.person(user)
        menu(person, Action.RECUSE)
        person.hands.fills(reason="I sell it")
        assert person.hands.submits() is None
        world.settle()
    assert "Nobody is left who may decide it." in below(world)[-1]
