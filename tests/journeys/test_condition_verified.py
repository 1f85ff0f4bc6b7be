"""A condition of a use of high risk: handed in, sent back, handed in again, looked at; unmet, with everybody told."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.player import elements
from bot.slack.ids import Action
from tests.failures.acts import at_once, press_drawn
from tests.failures.test_joined import joins
from tests.journeys.test_living_conditions import LAST, hands_in, told
from tests.journeys.test_seats import LEARNS
from tests.slack_world import ANA, CARDS, CLEO, DAN, EVE, Shown, Somebody, World, words
from tests.slack_world.people import SETTINGS
from tests.slack_world.thread import Thread
from triage.case import Status
from triage.conditions import conditions_of, is_met

TELL = "Tell everybody before it is used"
NOTICE = "https://wiki.example.org/notice"


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.vendor_manager": [EVE]}


def bound(world: World, user: str = ANA, **more: Any) -> Thread:
    """The vendor manager says yes on a condition, then the risk owner: it is one of the approval."""
    thread = world.person(user).asks().submitted(LEARNS)
    given: dict[str, Any] = {"conditions": TELL, "due": LAST, "reason": "Safe.", "until": ""} | more
    assert world.person(EVE).decides(Action.APPROVE_WITH_CONDITIONS, **given) is None
    assert world.person(CLEO).decides(Action.APPROVE, reason="Needed.", until="") is None
    assert thread.case.status is Status.approved_with_conditions
    return thread


def offered(person: Somebody, action: Action) -> tuple[Shown, Shown]:
    """The newest note below the card with such a button, and the button."""
    (card,) = person.world.cards(person.user)
    for message in reversed(person.hands.sees(CARDS, thread_ts=card["ts"])):
        for element in elements(message):
            if element.get("action_id") == action.value:
                return message, element
    raise AssertionError(f"no {action} below the card")


def looks_at(person: Somebody, action: Action) -> None:
    assert press_drawn(person, *offered(person, action))


def test_handed_in_sent_back_handed_in_again_and_verified(world: World) -> None:
    thread, eve, cleo = bound(world), world.person(EVE), world.person(CLEO)
    assert hands_in(thread, 1, link=NOTICE) is None
    assert "Somebody else who decides looks at it before it counts as met" in world.person(ANA).window()
    note = world.below(world.cards()[0])[-1]
    assert "somebody else who decides looks at it" in note
    assert (
        f"<@{CLEO}> or <@{EVE}> can look at it." in note or f"<@{EVE}> or <@{CLEO}> can look at it." in note
    )
    eve.steward("queue")
    assert "Nothing waits for your decision. What comes next stands on Home" in eve.window()
    assert "On Home one other thing waits for you" in eve.window()
    eve.hands.closes_view()
    (one,) = conditions_of(thread.case)
    assert not is_met(thread.case, one), "one's own word is not enough at high risk"

    looks_at(eve, Action.SEND_BACK)
    eve.hands.fills(reason="The page is empty.")
    assert eve.hands.submits() is None
    world.settle()
    assert "not met yet" in thread.last
    assert "The page is empty." in thread.last
    assert hands_in(thread, 1, link="F0NOTICE1", words="Sent to all on Monday.") is None
    looks_at(cleo, Action.VERIFY_CONDITION)
    assert "it is met" in thread.last
    (one,) = conditions_of(thread.case)
    assert is_met(thread.case, one)
    assert world.bot.directory.user(one.steps[-1].by) == CLEO
    world.passes(days=30)
    assert thread.case.status is Status.approved_with_conditions
    assert told(world)[-4:] == ["condition.done", "condition.not_yet", "condition.done", "condition.verified"]


def test_whoever_looks_at_it_reads_the_question_that_checks_it(world: World) -> None:
    thread = bound(world, common=["told"])
    assert hands_in(thread, 1, link=NOTICE) is None
    question = "Checked by: Who was told, when and how?"
    assert question in world.below(world.cards()[0])[-1]
    assert question in world.person(EVE).home()


def test_two_look_at_once(world: World) -> None:
    """One of them did; the other reads that it was looked at already."""
    thread = bound(world)
    assert hands_in(thread, 1, link=NOTICE) is None
    people = [world.person(user) for user in (EVE, CLEO)]
    drawn = [(person, *offered(person, Action.VERIFY_CONDITION)) for person in people]
    at_once(*(lambda each=each: press_drawn(*each) for each in drawn))
    world.settle()
    assert told(world).count("condition.verified") == 1
    assert [what for what in world.trail() if what.endswith(".refused")] == ["verify_condition.refused"]
    assert sum("looked" in person.told() for person in people) == 1
    (one,) = conditions_of(thread.case)
    assert [step.kind for step in one.steps] == ["done", "verified"]


@pytest.mark.parametrize(
    ("otherwise", "becomes", "says", "card_says"),
    [
        (
            "narrows",
            "approved_with_conditions",
            "goes on without what this condition covers",
            "whoever answers for it asks again; then you decide",
        ),
        (
            "suspends",
            "under_reassessment",
            "The approval is suspended, so *please stop using it*",
            "The approval is suspended, and whoever uses it was told to stop.",
        ),
        (
            "lapses",
            "lapsed",
            "The approval has lapsed, so *please stop using it*",
            "The approval has lapsed, and whoever uses it was told to stop.",
        ),
    ],
)
def test_unmet_and_everybody_concerned_is_told(
    world: World, otherwise: str, becomes: str, says: str, card_says: str
) -> None:
    """Whoever asked in their thread, those who decide below the card, and the team that joined in a message."""
    thread, dan = bound(world, otherwise=otherwise), world.person(DAN)
    joins(dan, thread)
    world.passes(days=20)
    assert thread.case.status.value == becomes
    (card,) = world.cards()
    joined = [words(message) for message in dan.dm()]
    for place, said in ((thread.texts(), says), (world.below(card), card_says), (joined, says)):
        assert sum(said in text for text in place) == 1, place
    for others in (world.below(card), joined):
        assert not any("say so" in text for text in others), "that is for whoever answers for it"
    assert told(world).count("condition.unmet") == 1
    assert told(world)[-1] in ("condition.unmet", "condition.reminded")
    world.restart()
    world.passes(days=2)
    assert told(world).count("condition.unmet") == 1
