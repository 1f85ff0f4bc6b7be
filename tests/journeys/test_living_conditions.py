"""Conditions after the decision: reminded of, done with a link, unmet and all are told."""

from __future__ import annotations

from typing import Any

from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, World, words
from tests.slack_world.thread import Thread
from triage.case import Status

LAST = "2026-12-21"


def bound(world: World, **more: Any) -> Thread:
    thread = world.person(ANA).asks().submitted()
    given = {
        "conditions": "Tell everybody\nName an overseer",
        "due": LAST,
        "reason": "Fits.",
        "until": "",
    } | more
    assert world.person(BEN).decides(Action.APPROVE_WITH_CONDITIONS, **given) is None
    return thread


def told(world: World) -> list[str]:
    return [what for what in world.trail() if what.startswith(("case.", "condition."))]


def hands_in(thread: Thread, number: int, **given: str) -> dict[str, str] | None:
    thread.presses(Action.FULFIL)
    thread.person.hands.fills(condition=str(number), **given)
    problems = thread.person.hands.submits()
    thread.person.world.settle()
    return problems


def test_the_whole_story(world: World) -> None:
    thread, ben = bound(world), world.person(BEN)
    assert "1. By " in thread.last
    while "condition.reminded" not in world.trail():
        world.passes(days=1)
    assert "things wait for you" in (told_then := words(world.person(ANA).dm()[-1]))
    assert told_then.count("a condition is due by") == 2
    assert hands_in(thread, 1, link="javascript:alert(1)") is not None
    thread.person.hands.closes_view()
    assert hands_in(thread, 1, link="https://wiki.example.org/notice") is None
    (card,) = world.cards()
    assert "wiki.example.org/notice" in str(world.below(card)[-1])
    world.passes(days=8)
    assert thread.case.status.value == "under_reassessment"
    assert "*Stopped*, and" in words(world.cards()[0])
    assert "Not met by 21 December 2026" in words(world.cards()[0])
    assert "please stop using it" in "\n".join(thread.texts())
    assert "A condition is met" in world.person(ANA).home()
    assert hands_in(thread, 2, words="Eve, who knows how.") is None
    assert thread.case.status.value == "in_review"
    assert told(world) == [
        "case.submitted", "case.approved_with_conditions", "condition.reminded", "condition.reminded",
        "condition.done", "condition.unmet", "condition.done", "case.under_reassessment",
    ]  # fmt: skip
    assert ben.decides(Action.APPROVE, reason="Now it is met.") is None
    world.passes(days=30)
    assert thread.case.in_use
    assert told(world).count("condition.unmet") == 1
    assert world.differences() == []
    assert world.is_untouched()


def test_what_an_unmet_one_narrows_goes_on_without_it(world: World) -> None:
    thread = bound(world, otherwise="narrows")
    world.passes(days=40)
    assert thread.case.status is Status.approved_with_conditions
    assert "so without this: Tell everybody" in words(world.cards()[0])
    assert told(world).count("condition.unmet") == 2
    assert world.differences() == []


def test_a_restart_does_nothing_twice(world: World) -> None:
    thread = bound(world, otherwise="lapses")
    for _ in range(5):
        world.restart()
        world.passes(days=7)
    assert thread.case.status is Status.lapsed
    assert told(world).count("condition.unmet") == 1
    assert world.differences() == []
