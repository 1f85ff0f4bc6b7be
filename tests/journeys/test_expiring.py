"""An approval with a last day: told two weeks before, lapsed after it by the clock, and asked for anew."""

from __future__ import annotations

from datetime import date

from bot.slack.ids import Action
from tests.journeys.test_changing import confirms
from tests.slack_world import ANA, BEN, World, words
from tests.slack_world.thread import Thread
from triage.case import Status

LAST = "2027-01-20"


def until(world: World, last: str = LAST) -> Thread:
    thread = world.person(ANA).asks().submitted()
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.", until=last) is None
    return thread


def told(world: World) -> list[str]:
    return [what for what in world.trail() if what.startswith(("case.", "use."))]


def test_before_it_at_it_and_anew(world: World) -> None:
    thread, ana = until(world), world.person(ANA)
    assert thread.case.decision is not None
    assert thread.case.decision.valid_until == date.fromisoformat(LAST)
    assert "January 20" in "\n".join(thread.texts())
    world.passes(days=25)
    assert told(world)[-1] == "case.approved"
    world.passes(days=7)
    assert "ends after" in words(ana.dm()[-1])
    assert told(world)[-1] == "case.expiry_told"
    world.passes(days=12)
    assert thread.case.in_use, "the day itself is within it"
    world.passes(days=2)
    assert thread.case.status.value == "lapsed"
    assert "please stop using it" in thread.last
    (card,) = world.cards()
    assert "approval has run out" in words(card).lower()
    assert "may not be used any more" in world.below(card)[-1]
    assert ana.hands.command("/steward", "change 1", "general")
    assert ana.hands.submits() is None
    world.settle()
    assert "please do not use it, as the approval has run out" in ana.window()
    confirms(ana)
    assert thread.case.status.value == "in_review"
    assert world.person(BEN).decides(Action.APPROVE, reason="Still.", until="") is None
    assert told(world) == [
        "case.submitted", "case.approved", "case.expiry_told", "case.lapsed", "use.changed",
        "case.under_reassessment", "case.approved",
    ]  # fmt: skip
    assert world.differences() == []
    assert world.is_untouched()
    world.passes(days=60)
    assert thread.case.status is Status.approved


def test_asked_anew_in_time(world: World) -> None:
    thread, ana = until(world), world.person(ANA)
    world.passes(days=32)
    assert ana.hands.command("/steward", "change 1", "general")
    assert ana.hands.submits() is None
    world.settle()
    assert "please keep to what was approved" in ana.window()
    confirms(ana)
    assert world.person(BEN).decides(Action.APPROVE, reason="Still.", until="2027-06-01") is None
    world.passes(days=30)
    assert thread.case.status is Status.approved
    assert told(world).count("case.expiry_told") == 1


def test_a_day_that_is_gone_goes_back_to_its_field(world: World) -> None:
    thread, ben = world.person(ANA).asks().submitted(), world.person(BEN)
    problems = ben.decides(Action.APPROVE, reason="Fits.", until="2026-12-07")
    assert problems is not None
    assert "Choose a later day" in problems["until"]
    assert thread.case.status is Status.in_review


def test_a_restart_or_two_workers_do_it_once(world: World) -> None:
    thread = until(world)
    world.restart()
    world.passes(days=50)
    for _ in range(3):
        world.restart()
        world.passes(minutes=15)
    assert told(world).count("case.lapsed") == 1
    assert len([text for text in thread.texts() if "*please stop using it*" in text]) == 1
