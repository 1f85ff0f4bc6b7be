"""Conditions of a use for which somebody answers who did not ask for it: they hear of each, and when they work."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from bot.demo.player import elements
from bot.slack.ids import Action
from bot.slack.payloads import Who
from store import audit
from tests.journeys.test_changing import confirms, looks
from tests.journeys.test_living_conditions import bound
from tests.slack_world import ANA, BEN, DAN, EVE, TEAM, World, words
from tests.slack_world.thread import Thread


def owned(world: World, **more: Any) -> Thread:
    """Ana asks, Dan answers for it."""
    thread = world.person(ANA).asks()
    assert thread.fills() is None
    thread.answers()
    thread.presses(Action.EDIT, having="|owner|")
    thread.chooses(Action.CHOOSE, DAN)
    thread.presses(Action.SUBMIT)
    given = {"conditions": "Tell everybody\nIn English", "due": "2026-12-21", "reason": "Fits.", "until": ""}
    assert world.person(BEN).decides(Action.APPROVE_WITH_CONDITIONS, **(given | more)) is None
    return thread


def read_by(world: World, user: str) -> list[str]:
    return [words(message) for message in world.person(user).dm()]


def test_the_owner_reads_what_it_is_approved_on(world: World) -> None:
    owned(world)
    (said,) = [text for text in read_by(world, DAN) if "You answer for" in text]
    assert "Tell everybody" in said
    assert "In English" in said


def test_conditions_and_what_is_to_be_done_are_one_message_that_keeps_up(world: World) -> None:
    owned(world)
    (said,) = read_by(world, DAN)
    assert said.index("You answer for") < said.index("this is still needed:")
    assert "Say that you answer for it, by " in said
    assert presses(world, Action.ACCEPT_PART)
    first = read_by(world, DAN)[0]
    assert "You answer for" in first
    assert "Somebody answers for it, and has accepted that" not in first
    assert world.differences() == []


def presses(world: World, action: Action) -> bool:
    """Dan, in whatever he was sent; False where it is nowhere left to press."""
    dan = world.person(DAN)
    for message in dan.dm():
        for element in elements(message):
            if str(element.get("action_id", "")).startswith(action):
                dan.hands.clicks("dm", message["ts"], element["action_id"], element["value"])
                world.settle()
                return True
    return False


def test_when_all_is_met_nothing_is_left_to_press(world: World) -> None:
    owned(world, conditions="Tell everybody")
    world.passes(days=9)
    assert presses(world, Action.FULFIL)
    dan = world.person(DAN)
    dan.hands.fills(condition="1", link="https://wiki.example.org/notice")
    assert dan.hands.submits() is None
    world.settle()
    assert not presses(world, Action.FULFIL)


def test_the_owner_is_reminded_and_hears_that_it_was_not_met(world: World) -> None:
    owned(world, conditions="Tell everybody")
    world.passes(days=9)
    assert "is due by" in read_by(world, DAN)[-1]
    world.passes(days=6)
    assert "was *not met*" in read_by(world, DAN)[-1]
    assert world.differences() == []


def test_whoever_answers_for_what_they_asked_is_told_once(world: World) -> None:
    bound(world)
    assert not any("You answer for" in said for said in read_by(world, ANA))


def reminded_on(world: World) -> list[date]:
    with world.store.read() as session:
        lines = [json.loads(line) for line in audit.sealed_lines(session)]
    return [
        datetime.fromisoformat(line["at"]).date() for line in lines if line["what"] == "condition.reminded"
    ]


def test_nobody_is_reminded_on_a_free_day(world: World) -> None:
    """Five days before the last of December was a Saturday after two holidays: it is told before all three."""
    bound(world, conditions="Tell everybody", due="2026-12-31")
    while world.clock.moment().date() < date(2026, 12, 30):
        world.passes(hours=7)
    assert reminded_on(world) == [date(2026, 12, 24)]


def test_whoever_comes_to_answer_for_it_later_is_told_then(world: World) -> None:
    thread, ana = bound(world), world.person(ANA)
    looks(ana, thread, owner=DAN)
    confirms(ana)
    assert sum("You answer for" in text for text in read_by(world, DAN)) == 1


@pytest.mark.parametrize("after", [ANA, EVE])
def test_whoever_answered_for_it_before_has_nothing_left_to_press(world: World, after: str) -> None:
    """Also when it comes back to whoever asked."""
    thread, ana = owned(world, conditions="Tell everybody"), world.person(ANA)
    world.passes(days=9)
    assert "is due by" in read_by(world, DAN)[-1]
    looks(ana, thread, owner=after)
    confirms(ana)
    assert thread.case.owner != world.bot.front.person(Who(TEAM, DAN))
    for action in (Action.FULFIL, Action.ACCEPT_PART, Action.DO_TASK, Action.APPOINT):
        assert not presses(world, action), action
