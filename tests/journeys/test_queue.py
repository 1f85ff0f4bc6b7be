"""Forty waiting: one at a time in one window that is drawn anew, decided right there, and the next one follows."""

from __future__ import annotations

from bot.slack.ids import Action
from tests.journeys.test_deadlines import until
from tests.slack_world import ANA, BEN, DAN, EVE, HARMLESS, Somebody, Thread, World, words
from triage.case import Status


def asked(world: World, count: int = 3, user: str = ANA) -> list[Thread]:
    """Each due as soon as the one before, in the order of their numbers."""
    return [world.person(user).asks().submitted() for _ in range(count)]


def press(person: Somebody, wish: Action) -> None:
    assert person.hands.clicks_view(wish.value)
    person.world.settle()


def seen(person: Somebody) -> str:
    """Home as it stands, without opening it anew."""
    view = person.hands.home()
    assert view is not None
    return str(view["blocks"])


def ref(number: int) -> str:
    return f"AIU-2026-{number:04}"


def test_one_after_the_other_in_one_window(world: World) -> None:
    first, _, third = asked(world)
    ben = world.person(BEN)
    ben.steward("queue")
    assert "1 of 3" in ben.window()
    assert ref(1) in ben.window()
    press(ben, Action.APPROVE)
    ben.hands.fills(reason="Fits.")
    assert ben.hands.submits() is None
    world.settle()
    assert first.case.status is Status.approved
    assert f"{ref(1)} (Otter.ai" in ben.window()
    assert "1 of 2" in ben.window()
    assert ref(2) in ben.window()
    press(ben, Action.QUEUE_NEXT)
    assert "2 of 2" in ben.window()
    press(ben, Action.DECLINE)
    ben.hands.fills(reason="No.")
    assert ben.hands.submits() is None
    world.settle()
    assert third.case.status is Status.declined
    assert "1 of 1" in ben.window()
    press(ben, Action.ASK)
    ben.hands.fills(question="Who listens?")
    assert ben.hands.submits() is None
    world.settle()
    assert "Nothing waits for your decision." in ben.window()
    ben.hands.closes_view()
    assert ben.hands.view() is None, "there was one window"


def test_what_is_laid_aside_comes_last_and_next_goes_round(world: World) -> None:
    asked(world)
    ben = world.person(BEN)
    ben.steward("queue")
    press(ben, Action.QUEUE_LATER)
    assert "1 of 3" in ben.window()
    assert ref(2) in ben.window()
    press(ben, Action.QUEUE_NEXT)
    press(ben, Action.QUEUE_NEXT)
    assert "3 of 3" in ben.window()
    assert ref(1) in ben.window()
    press(ben, Action.QUEUE_NEXT)
    assert "1 of 3" in ben.window()
    assert ref(2) in ben.window()
    press(ben, Action.APPROVE)
    press(ben, Action.QUEUE_BACK)
    assert "1 of 3" in ben.window()
    assert ref(2) in ben.window()


def test_home_leads_there_and_says_how_many(world: World) -> None:
    asked(world, 12)
    ben = world.person(BEN)
    assert "12 requests wait for your decision." in ben.home()
    ben.home()
    assert ben.hands.clicks_home(Action.HOME_PAGE.value)
    assert "1 to 10 of 12" in seen(ben)
    world.restart()
    assert ben.hands.clicks_home(f"{Action.HOME_PAGE.value}.2")
    assert "11 to 12 of 12" in seen(ben), "the page stands in the button"
    assert ref(12) in seen(ben)
    assert ref(1) not in seen(ben)
    assert ben.hands.clicks_home(f"{Action.HOME_PAGE.value}.0")
    assert "12 requests wait for your decision." in seen(ben)
    assert ben.hands.clicks_home(Action.QUEUE.value)
    world.settle()
    assert "1 of 12" in ben.window()


def test_a_reminder_leads_there(world: World) -> None:
    asked(world, 2)
    ben = world.person(BEN)
    for card in world.cards():
        ben.presses_card(Action.TAKE, card)
    until(world, 8, 13)
    (reminder,) = [m for m in ben.dm() if "half of the time is over" in words(m)]
    assert ben.hands.clicks("dm", reminder["ts"], Action.QUEUE.value)
    world.settle()
    assert "1 of 2" in ben.window()


def test_who_has_nothing_to_decide_reads_so(world: World) -> None:
    asked(world, 1, user=BEN)
    for user in (BEN, DAN):
        person = world.person(user)
        person.steward("queue")
        assert "Nothing waits for your decision." in person.window()
        assert ref(1) not in person.window()
    world.person(EVE).steward("queue")
    assert ref(1) in world.person(EVE).window()


def test_what_is_open_is_answered_there(world: World) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS | {"output_use": "unsure"})
    eve = world.person(EVE)
    eve.steward("queue")
    assert "Open, so it cannot be approved yet" in eve.window()
    press(eve, Action.SETTLE)
    eve.hands.fills(output_use=["draft_self"])
    assert eve.hands.submits() is None
    world.settle()
    assert thread.case.answers["output_use"].picked == ("draft_self",)
    assert "answered what was open" in str(world.below(world.cards()[0]))


def test_a_word_behind_it_is_a_question(world: World) -> None:
    assert "Translate" not in world.person(ANA).steward("queue of tickets in ChatGPT")
    assert world.person(ANA).hands.view() is None


def test_what_was_chosen_stays_over_next_and_a_restart(world: World) -> None:
    asked(world)
    ben = world.person(BEN)
    ben.presses_card(Action.TAKE, world.cards()[1])
    ben.home()
    assert ben.hands.clicks_home(Action.QUEUE_FILTER.value)
    ben.hands.fills(whose="free", words="otter")
    assert ben.hands.submits() is None
    assert "1 of 2" in ben.window()
    assert ref(1) in ben.window()
    world.restart()
    press(ben, Action.QUEUE_NEXT)
    assert ref(3) in ben.window(), "and not what was taken"
    assert "taken by nobody and otter" in ben.window()
    press(ben, Action.QUEUE_FILTER)
    ben.hands.fills(whose="mine", words="")
    assert ben.hands.submits() is None
    assert ref(2) in ben.window()
    press(ben, Action.DECLINE)
    ben.hands.fills(reason="No.")
    assert ben.hands.submits() is None
    world.settle()
    assert "Nothing that waits for your decision is like that." in ben.window()
    press(ben, Action.QUEUE_ALL)
    assert "1 of 2" in ben.window()
