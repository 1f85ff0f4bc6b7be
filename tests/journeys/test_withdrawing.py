"""Taking back what was handed in, and taking it up again: in one press, for everybody to see, and never twice."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.failures.acts import asking
from tests.slack_world import ANA, BEN, HARMLESS, World
from tests.slack_world.thread import Thread
from triage.case import Status


def state(thread: Thread) -> Status:
    return thread.case.status


def test_a_request_is_withdrawn_and_taken_up_again(world: World) -> None:
    ana, ben = world.person(ANA), world.person(BEN)
    thread = ana.asks().submitted(HARMLESS)
    thread.presses(Action.WITHDRAW)
    assert state(thread) == Status.withdrawn
    (card,) = world.cards()
    assert [e for b in card["blocks"] if b["type"] == "actions" for e in b["elements"]] == []
    assert any("withdrew this request" in note for note in world.below(card))
    assert any("take it up again" in text for text in thread.texts())
    assert any("Nobody decides on it any more." in text for text in thread.texts())
    thread.presses(Action.REOPEN)
    assert state(thread) == Status.in_review
    assert thread.case.due_at is not None
    assert ben.decides(Action.APPROVE, reason="Fits.") is None
    assert state(thread) == Status.approved
    assert [what for what in world.trail() if what.startswith("case.")] == [
        "case.submitted",
        "case.withdrawn",
        "case.reopened",
        "case.approved",
    ]


def test_words_offer_it_and_withdraw_nothing_by_themselves(world: World) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS)
    thread.types("no longer needed")
    assert state(thread) == Status.in_review
    offered, button = thread.find(Action.WITHDRAW)
    thread.again(offered, button)
    world.settle()
    thread.presses_as_it_was(offered, button)
    assert state(thread) == Status.withdrawn
    assert world.trail().count("case.withdrawn") == 1
    assert "has been withdrawn" in world.person(ANA).told()
    assert not thread.offers(Action.WITHDRAW), "nothing of it is left to press"


def test_what_a_reviewer_asked_waits_no_more(world: World) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS)
    assert world.person(BEN).decides(Action.ASK, question="Who listens?") is None
    thread.types("cancel")
    assert thread.case.inquiries[-1].answer == "cancel", "an answer is passed on as it is"
    assert world.person(BEN).decides(Action.ASK, question="Do you still need it?") is None
    thread.presses(Action.WITHDRAW)
    assert state(thread) == Status.withdrawn
    assert thread.case.inquiry is None


def test_whoever_was_asked_is_asked_again_when_it_is_taken_up(world: World) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS | {"data": "unsure"})
    first = [(r.question, r.role) for r in thread.case.referrals if r.open]
    assert first
    thread.presses(Action.WITHDRAW)
    assert not [r for r in thread.case.referrals if r.open]
    thread.presses(Action.REOPEN)
    assert [(r.question, r.role) for r in thread.case.referrals if r.open] == first


@pytest.mark.parametrize("said", ["forget it, dont need it any more", "withdraw it please", "withdraw"])
def test_it_is_offered_in_whatever_words(world: World, said: str) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS)
    thread.types(said)
    assert "Press Withdraw" in thread.last
    (card,) = world.cards()
    assert world.below(card) == [], "nobody who decides has to read it"
    thread.presses(Action.WITHDRAW)
    thread.types("i need it again after all")
    assert "take it up again" in thread.last


@pytest.mark.parametrize("said", ["who has it now?", "what hapens now", "can i go on using it meanwhile?"])
def test_where_it_stands_is_told_to_whoever_asks(world: World, said: str) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS)
    thread.types(said)
    assert "<@U0BEN>" in thread.last
    assert "decides by" in thread.last
    assert world.below(world.cards()[0]) == []
    assert world.person(BEN).decides(Action.DECLINE, reason="Not now") is None
    thread.types("do i have to stop right now?")
    assert "Not now" in thread.last


@pytest.mark.parametrize("said", ["who has it?", "what happens now?"])
def test_a_question_about_the_request_answers_no_question(world: World, said: str) -> None:
    thread = asking(world, "output_use")
    thread.types(said)
    assert "still a draft" in thread.last
    assert thread.question == "output_use"


def test_words_that_drop_it_are_no_answer(world: World) -> None:
    thread = asking(world, "output_use")
    thread.types("forget it, i dont need it any more")
    assert state(thread) == Status.withdrawn
    assert "Cancelled" in thread.last


def test_quoted_it_is_an_answer(world: World) -> None:
    thread = asking(world, "purpose")
    thread.types("“what happens now”")
    assert thread.case.answers["purpose"].text.strip("“”") == "what happens now"


def test_a_question_that_waited_waits_again(world: World) -> None:
    """Else whoever is asked something could make it go away by taking the request back and up again."""
    thread = world.person(ANA).asks().submitted(HARMLESS)
    assert world.person(BEN).decides(Action.ASK, question="Who listens?") is None
    thread.presses(Action.WITHDRAW)
    thread.presses(Action.REOPEN)
    assert state(thread) == Status.needs_info
    thread.types("Only my team")
    assert thread.case.inquiries[-1].answer == "Only my team"
    assert state(thread) == Status.in_review
