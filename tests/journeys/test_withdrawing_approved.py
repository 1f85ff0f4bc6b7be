"""Withdrawing what was approved once: its approval ends with it, and nothing that follows says otherwise."""

from __future__ import annotations

from bot.slack.ids import Action
from tests.journeys.test_changing import approved, confirms, looks
from tests.slack_world import ANA, EVE, HARMLESS, World, words
from triage.case import Status

CONFIRM = "Its approval ends with it"


def test_the_approval_ends_and_everything_says_so(world: World) -> None:
    thread, ana = approved(world, conditions="Tell them"), world.person(ANA)
    looks(ana, thread, data=["personal"])
    confirms(ana)
    _, button = thread.find(Action.WITHDRAW)
    assert CONFIRM in button["confirm"]["text"]["text"]
    thread.presses(Action.WITHDRAW)
    assert "Its approval has ended with it" in thread.last
    shown = ana.steward("show 1")
    assert "Answered otherwise since it was approved:" in shown
    for gone in ("holds for what stands first", "decides by", "decide by", "can answer"):
        assert gone not in shown
    world.passes(days=20)
    thread.presses(Action.REOPEN)
    assert thread.case.status is Status.in_review
    assert thread.case.due_at is not None
    assert thread.case.due_at > world.bot.front.office.now(), "counted anew, and no day gone by"
    told = "\n".join(thread.texts())
    assert "please do not use it, as its approval ended when it was withdrawn" in thread.last
    assert "keep to what was approved" not in told.rpartition("took it up again")[2]
    assert "holds for what stands first" not in ana.steward("show 1")
    (card,) = world.cards()
    assert "since then it was withdrawn and taken up again" in words(card)
    _, button = thread.find(Action.WITHDRAW)
    assert CONFIRM not in button["confirm"]["text"]["text"], "it has ended already"
    assert world.person(EVE).decides(Action.DECLINE, reason="Not like this.") is None
    assert "Please stop using it now." in thread.last
    assert world.differences() == []


def test_what_was_never_approved_has_nothing_that_ends(world: World) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS)
    _, button = thread.find(Action.WITHDRAW)
    assert CONFIRM not in button["confirm"]["text"]["text"]
    thread.presses(Action.WITHDRAW)
    assert "approval" not in thread.last
    thread.presses(Action.REOPEN)
    assert "as its approval ended" not in "\n".join(thread.texts())
