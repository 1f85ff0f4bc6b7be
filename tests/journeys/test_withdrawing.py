"""Taking back what was handed in, and taking it up again: in one press, for everybody to see, and never twice."""

from __future__ import annotations

from bot.slack.ids import Action
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
