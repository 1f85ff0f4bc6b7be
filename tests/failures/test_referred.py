"""F23 to F31 for whoever is asked what others were not sure of: an answer, not sure, the window for several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.config import change
from bot.slack.ids import Action
from bot.slack.payloads import Who
from intake.answers import answered
from tests.failures.acts import GROUP, at_once, buttons, press_drawn
from tests.failures.test_decisions import card_press, named, wired
from tests.failures.wire import Wired, overtaken
from tests.journeys.test_referrals import OPEN, SAYS, SEVERAL, UNSURE_TOO, asks, letters, people, presses
from tests.slack_world import BEN, CARDS, CLEO, DAN, EVE, TEAM, Shown, World, words
from triage.case import Case
from triage.commands import Reply

__all__ = ["wired"]

ONE = SEVERAL | {"monitoring": "none"}
SAY = f"{SAYS}.2"
WISHES = {"reply": SAY, "reply_unsure": UNSURE_TOO}
all_wishes = pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES)
GROUPED = {"roles.privacy": [GROUP], "roles.governance_lead": [CLEO]}
by_group = pytest.mark.parametrize("settings", [GROUPED], ids=["group"])


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"roles.privacy": [DAN, EVE], "roles.governance_lead": [CLEO]}


def closed(case: Case) -> list[str]:
    return [each.state for each in case.referrals if not each.open]


def said(world: World) -> list[str]:
    return [what for what in world.trail() if what in ("referral.answered", "referral.unsure")]


def element(letter: Shown, wish: str) -> Shown:
    return next(
        e for b in letter["blocks"] if b["type"] == "actions" for e in b["elements"] if e["action_id"] == wish
    )


@all_wishes
def test_f23_a_double_click(world: World, wish: str) -> None:
    thread = asks(world, ONE)
    letter, dan = letters(world)[0], world.person(DAN)
    at_once(*[lambda: dan.hands.clicks(CARDS, letter["ts"], wish)] * 2)
    world.settle()
    assert len(said(world)) == len(closed(thread.case)) == 1
    assert not [what for what in world.trail() if what.endswith(".refused")]
    assert dan.told() == ""


def test_f24_two_who_were_asked_answer_at_once(world: World) -> None:
    thread = asks(world, ONE)
    letter, dan, eve = letters(world)[0], world.person(DAN), world.person(EVE)
    at_once(
        lambda: dan.hands.clicks(CARDS, letter["ts"], f"{SAYS}.1"),
        lambda: eve.hands.clicks(CARDS, letter["ts"], SAY),
    )
    world.settle()
    assert said(world) == ["referral.answered"]
    first = people(world, thread.case)["profiling"]
    late = eve if first == DAN else dan
    assert f"<@{first}> was faster" in late.told()
    assert f"says <@{first}> (Privacy)" in words(letters(world)[0])
    assert sum("answered in AIU" in text for text in thread.texts()) == 1


@all_wishes
def test_f25_the_first_click_after_a_restart(alone: World, wish: str) -> None:
    thread = asks(alone, ONE)
    letter = letters(alone)[0]
    alone.restart()
    presses(alone.person(DAN), letter, wish)
    assert len(said(alone)) == len(closed(thread.case)) == 1
    assert buttons(letters(alone)[0]) == []


@all_wishes
def test_f26_who_was_not_asked(alone: World, wish: str) -> None:
    thread, ben = asks(alone, ONE), alone.person(BEN)
    before, lines = thread.case, len(alone.trail())
    presses(ben, letters(alone)[0], wish)
    assert "This question went to Privacy" in ben.told()
    assert thread.case == before
    assert alone.trail()[lines:] == ["reply.refused"]


def test_f26_no_window_for_who_was_not_asked(alone: World) -> None:
    asks(alone, SEVERAL)
    ben, lines = alone.person(BEN), len(alone.trail())
    presses(ben, letters(alone)[0], OPEN)
    assert ben.hands.view() is None
    assert "This question went to Privacy" in ben.told()
    assert alone.trail()[lines:] == ["reply_window.refused"]


@pytest.mark.parametrize(
    "settings",
    [{"roles.privacy": [DAN, EVE], "roles.governance_lead": [CLEO]}, GROUPED],
    ids=["directly", "in the group"],
)
@all_wishes
def test_f27_ones_own_use(alone: World, wish: str) -> None:
    thread, eve = alone.person(EVE).asks().submitted(ONE), alone.person(EVE)
    presses(eve, letters(alone)[0], wish)
    assert "This is your own use" in eve.told()
    assert closed(thread.case) == []
    assert alone.trail()[-1] == "reply.refused"


@by_group
@all_wishes
def test_f28_left_the_group_between_post_and_click(alone: World, wish: str) -> None:
    thread, eve = asks(alone, ONE), alone.person(EVE)
    letter = letters(alone)[0]
    named(alone, BEN)
    presses(eve, letter, wish)
    assert "This question went to Privacy" in eve.told()
    assert closed(thread.case) == []
    assert said(alone) == []


@all_wishes
def test_f29_a_press_from_another_organisation(alone: World, wish: str) -> None:
    thread, dan = asks(alone, ONE), alone.person(DAN)
    body = card_press(dan, letters(alone)[0], wish, team_id="T0OTHER")
    assert dan.hands._send("interactive", body).ok
    alone.settle()
    assert "This question went to Privacy" in dan.told()
    assert closed(thread.case) == []


@all_wishes
def test_f30_a_click_after_the_decision(alone: World, wish: str) -> None:
    """The buttons are gone without any click; a click in between reads that nothing is needed any more."""
    thread, dan = asks(alone, ONE), alone.person(DAN)
    old = letters(alone)[0]
    alone.person(CLEO).decides(Action.DECLINE, reason="We do not want this")
    assert buttons(letters(alone)[0]) == []
    assert press_drawn(dan, old, element(old, wish))
    assert "needs no answer any more" in dan.told()
    assert said(alone) == []
    assert closed(thread.case) == [each.state for each in thread.case.referrals]


def test_f31_the_older_update_is_slower(wired: Wired) -> None:
    """One of two questions is answered, then the other; the letter asks nothing any more."""
    change(wired.store, {"roles.privacy": [DAN, EVE]}, by=None, key="asked", now=wired.store.now())
    wired.bot.office.changed()
    thread, front = asks(wired, SEVERAL), wired.bot.front
    letter, dan = letters(wired)[0], front.person(Who(TEAM, DAN))
    (number,) = {each.number for each in thread.case.referrals}

    def says(question: str, choice: str) -> Callable[[], object]:
        given = {question: answered(choice)}
        return lambda: front.do(
            Reply(actor=dan, key=question, case=thread.case.id, number=number, answers=given)
        )

    with overtaken(wired, says("profiling", "no"), says("monitoring", "none"), letter["ts"].encode()):
        assert len(closed(thread.case)) == 2
        assert buttons(letters(wired)[0]) == []
