"""F23 to F31 for conditions after the decision: that one is met, was looked at, or is not met yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.sandbox.reading import words
from bot.slack.ids import Action, Press
from bot.slack.payloads import Who
from tests.databases import Databases
from tests.failures.acts import GROUP, at_once, buttons, press_drawn, press_forged
from tests.failures.test_changed import window
from tests.failures.test_decisions import named
from tests.failures.wire import Wired, overtaken
from tests.journeys.test_changing import confirms, looks
from tests.journeys.test_condition_verified import NOTICE, bound, offered
from tests.journeys.test_living_conditions import hands_in, told
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, TEAM, Somebody, World
from tests.slack_world.thread import Thread
from triage.afterwards import Fulfil, VerifyCondition
from triage.case import Case, Status
from triage.conditions import conditions_of, narrowed

LOOKS = (Action.VERIFY_CONDITION, Action.SEND_BACK)
ALL = (Action.FULFIL, *LOOKS)
all_looks = pytest.mark.parametrize("wish", LOOKS, ids=lambda wish: wish.value)
all_wishes = pytest.mark.parametrize("wish", ALL, ids=lambda wish: wish.value)


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"roles.vendor_manager": [EVE]}


def below(world: World) -> list[str]:
    return world.below(world.cards()[0])


def steps(case: Case) -> list[str]:
    return [step.kind for step in case.condition_steps]


def shown(world: World, user: str = ANA) -> Thread:
    """Handed in by whoever asked, waiting for a second person."""
    thread = bound(world, user)
    assert hands_in(thread, 1, link=NOTICE) is None
    thread.person.hands.closes_view()
    return thread


def value(case: Case) -> Press:
    return Press(case=case.id, choice=case.condition_steps[-1].id if case.condition_steps else "")


def forged(person: Somebody, thread: Thread, wish: Action, **change: str) -> bool:
    """Pressed as any message could have shown it; `change`: parts of who pressed."""
    return press_forged(person, wish, value(thread.case), **change)


def carries_out(person: Somebody, wish: Action) -> None:
    """Press what stands below the card, and fill in what that asks."""
    assert press_drawn(person, *offered(person, wish))
    if wish is Action.SEND_BACK:
        person.hands.fills(reason="That is last year's.")
        assert person.hands.submits() is None
        person.world.settle()


def test_f23_the_window_handed_in_twice(world: World) -> None:
    thread, ana = bound(world), world.person(ANA)
    thread.presses(Action.FULFIL)
    ana.hands.fills(condition="1", link=NOTICE)
    body = window(ana)
    at_once(*[lambda: ana.hands._send("interactive", body)] * 2)
    world.settle()
    assert steps(thread.case) == ["done"]
    assert [what for what in world.trail() if what.endswith(".refused")] == []
    assert sum("says that a condition" in note for note in below(world)) == 1


def test_f23_a_double_click_on_verified(world: World) -> None:
    thread, eve = shown(world), world.person(EVE)
    drawn = offered(eve, Action.VERIFY_CONDITION)
    at_once(*[lambda: press_drawn(eve, *drawn)] * 2)
    world.settle()
    assert steps(thread.case) == ["done", "verified"]
    assert told(world).count("condition.verified") == 1
    assert sum("looked at a condition" in text for text in thread.texts()) == 1


def test_f24_one_says_verified_and_another_not_yet(world: World) -> None:
    """Exactly one counts; the other reads that somebody was faster."""
    thread, eve, cleo = shown(world), world.person(EVE), world.person(CLEO)
    assert press_drawn(eve, *offered(eve, Action.SEND_BACK))
    eve.hands.fills(reason="That is last year's.")
    back, drawn = window(eve), offered(cleo, Action.VERIFY_CONDITION)
    came = at_once(lambda: eve.hands._send("interactive", back), lambda: press_drawn(cleo, *drawn))
    world.settle()
    assert steps(thread.case) in (["done", "verified"], ["done", "not_yet"])
    assert len([what for what in world.trail() if what.endswith(".refused")]) == 1
    slower = str(came[0]) if steps(thread.case)[-1] == "verified" else cleo.told()
    assert "Somebody has looked at this already" in slower
    assert world.differences() == []


@all_looks
def test_f25_the_first_click_after_a_restart(alone: World, wish: Action) -> None:
    thread = bound(alone)
    alone.restart()
    assert hands_in(thread, 1, link=NOTICE) is None
    alone.restart()
    carries_out(alone.person(EVE), wish)
    assert steps(thread.case) == ["done", "verified" if wish is Action.VERIFY_CONDITION else "not_yet"]


@all_looks
def test_f26_who_does_not_hold_the_role(alone: World, wish: Action) -> None:
    thread, dan = shown(alone), alone.person(DAN)
    before, lines = thread.case, len(alone.trail())
    assert press_drawn(dan, *offered(dan, wish)), "acknowledged"
    assert dan.hands.view() is None
    assert "This is for the risk owner or the vendor manager to decide" in dan.told()
    assert thread.case == before
    assert alone.trail()[lines:] == [f"{wish.value}.refused"]


def test_f26_whose_use_it_is_not(alone: World) -> None:
    thread, ben = bound(alone), alone.person(BEN)
    before, lines = thread.case, len(alone.trail())
    assert forged(ben, thread, Action.FULFIL)
    assert ben.hands.view() is None
    assert "Whoever answers for this use says whether its conditions are met" in ben.told()
    assert thread.case == before
    assert alone.trail()[lines:] == ["fulfil.refused"]


@pytest.mark.parametrize("settings", [{"roles.vendor_manager": [BEN, EVE]}], ids=["holds the role"])
@all_looks
def test_f27_what_one_handed_in_oneself(alone: World, wish: Action) -> None:
    thread, ben = shown(alone, BEN), alone.person(BEN)
    assert press_drawn(ben, *offered(ben, wish))
    assert ben.hands.view() is None
    assert "somebody else has to decide" in ben.told()
    assert steps(thread.case) == ["done"]
    assert alone.trail()[-1] == f"{wish.value}.refused"


def test_f27_one_person_is_not_two(alone: World) -> None:
    """What an unmet condition narrowed takes two at high risk, and the same one twice is one."""
    thread, eve = bound(alone, otherwise="narrows"), alone.person(EVE)
    alone.passes(days=20)
    assert hands_in(thread, 1, link=NOTICE) is None
    thread.person.hands.closes_view()
    for _ in range(2):
        assert press_drawn(eve, *offered(eve, Action.VERIFY_CONDITION))
    assert "somebody else has to say it, too" in eve.told()
    assert steps(thread.case) == ["unmet", "done", "verified"]
    assert narrowed(thread.case)
    assert alone.trail()[-1] == "verify_condition.refused"


@pytest.mark.parametrize("settings", [{"roles.vendor_manager": [GROUP]}], ids=["group"])
@all_looks
def test_f28_left_the_group_between_post_and_click(alone: World, wish: Action) -> None:
    thread, eve = shown(alone), alone.person(EVE)
    named(alone, BEN)
    assert press_drawn(eve, *offered(eve, wish))
    assert eve.hands.view() is None
    assert f"<@{BEN}>" in eve.told()
    assert steps(thread.case) == ["done"]
    assert alone.trail()[-1] == f"{wish.value}.refused"


@all_wishes
def test_f29_a_press_from_another_organisation(alone: World, wish: Action) -> None:
    thread = bound(alone, DAN) if wish is Action.FULFIL else shown(alone)
    person, before = alone.person(DAN if wish is Action.FULFIL else EVE), thread.case
    assert forged(person, thread, wish, team_id="T0OTHER")
    assert person.hands.view() is None
    assert thread.case == before
    assert alone.trail()[-1] == f"{wish.value}.refused"


def test_f30_what_was_looked_at_asks_no_more(alone: World) -> None:
    """The note loses its buttons by itself, and a click in between reads why."""
    thread, eve, cleo = shown(alone), alone.person(EVE), alone.person(CLEO)
    late = offered(cleo, Action.SEND_BACK)
    assert not thread.offers(Action.FULFIL), "nothing is left that could be handed in"
    carries_out(eve, Action.VERIFY_CONDITION)
    assert not {*LOOKS} & {*pressable(alone)}
    assert "somebody else who decides looks at it" not in "\n".join(below(alone))
    assert press_drawn(cleo, *late)
    assert cleo.hands.view() is None
    assert "Somebody has looked at this already" in cleo.told()
    assert steps(thread.case) == ["done", "verified"]


def test_f30_a_use_that_is_decided_anew_asks_no_more(alone: World) -> None:
    """By another way altogether: what changed opens it again, and the condition belongs to what was."""
    thread, eve = shown(alone), alone.person(EVE)
    late = offered(eve, Action.VERIFY_CONDITION)
    looks(alone.person(ANA), thread, data=["personal"])
    confirms(alone.person(ANA))
    assert thread.case.status is Status.in_review
    assert not {*LOOKS} & {*pressable(alone)}
    assert press_drawn(eve, *late)
    assert "This condition is not asked for any more" in eve.told()
    assert steps(thread.case) == ["done"]


def test_f30_a_reminder_whose_condition_is_met(alone: World) -> None:
    thread = bound(alone)
    while "condition.reminded" not in alone.trail():
        alone.passes(days=1)
    message, element = thread.find(Action.FULFIL)
    assert "is due by" in words(message)
    assert hands_in(thread, 1, link=NOTICE) is None
    thread.person.hands.closes_view()
    assert not thread.offers(Action.FULFIL)
    assert thread.presses_as_it_was(message, element)
    assert thread.person.hands.view() is None
    assert "not asked for any more" in thread.person.told()
    assert steps(thread.case) == ["done"]


def pressable(world: World) -> list[str]:
    """Whatever can be pressed on the card and below it."""
    (card,) = world.cards()
    return [each for m in world.person(BEN).hands.sees(CARDS, thread_ts=card["ts"]) for each in buttons(m)]


@pytest.fixture
def wired(sqlite_databases: Databases, settings: dict[str, Any]) -> Iterator[Wired]:
    wired = Wired(sqlite_databases.copy(), settings=settings)
    try:
        wired.open()
        yield wired
        assert wired.is_untouched()
    finally:
        wired.close()


def test_f31_the_older_update_is_slower(wired: Wired) -> None:
    """It is handed in and looked at, each updates the card; the first hangs, and a second worker is idle."""
    thread, front = bound(wired), wired.bot.front
    ana, eve = (front.person(Who(TEAM, user)) for user in (ANA, EVE))
    (one,) = conditions_of(thread.case)
    about: dict[str, Any] = {"case": thread.case.id, "decision": one.decision, "number": one.number}
    done = Fulfil(actor=ana, key="done", link=NOTICE, **about)
    looked = VerifyCondition(actor=eve, key="looked", case=thread.case.id, step="done")
    with overtaken(wired, lambda: front.do(done), lambda: front.do(looked), CARDS.encode(), b'"ts"'):
        assert steps(thread.case) == ["done", "verified"]
        (card,) = wired.cards()
        assert "1. Met: " in words(card)
        assert not {*LOOKS} & {*pressable(wired)}
