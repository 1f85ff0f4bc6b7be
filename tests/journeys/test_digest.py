"""Digests on the clock of the workspace: on Monday at nine, once, and one only after a stop of days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.slack import digested
from bot.slack.ids import Action
from bot.slack.payloads import Who
from tests.journeys.test_deadlines import until
from tests.slack_world import ANA, BEN, EVE, World, words
from tests.slack_world.people import CARDS, SCOPES, TEAM
from tests.slack_world.thread import Shown
from triage.commands import Approve
from triage.steps import Term

TITLE = "The AI register, week to"


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"digest.day": "monday", "digest.time": "09:00", "roles.governance_lead": [EVE]}


def digests(world: World) -> list[Shown]:
    return [each for each in _said(world) if TITLE in words(each) and each.get("blocks")]


def _said(world: World) -> list[Shown]:
    return world.workspace.messages(CARDS)


def pictures(post: Shown) -> list[Shown]:
    return [block for block in post["blocks"] if block["type"] == "image"]


def test_a_digest_is_posted_on_monday_at_nine_with_its_picture_and_the_whole_as_a_file(world: World) -> None:
    world.workspace.scopes = {*SCOPES, "files:write"}
    world.person(ANA).asks().submitted()
    until(world, 14, 8, 58)
    assert digests(world) == []
    until(world, 14, 9)
    (post,) = digests(world)
    assert "One request is overdue" in words(post)
    (picture,) = pictures(post)
    assert "Low risk: 1 being decided" in picture["alt_text"]
    body, content = world.workspace.files[picture["slack_file"]["id"]]
    assert content.startswith(b"\x89PNG")
    assert body["alt_txt"] == picture["alt_text"]
    (below,) = [
        each for each in _said(world) if each.get("thread_ts") == post["ts"] and each["ts"] != post["ts"]
    ]
    (file,) = below["files"]
    assert world.workspace.files[file["id"]][1].startswith(b"<!doctype html>")
    assert world.person(BEN).presses_card(Action.QUEUE, post)
    until(world, 21, 8)
    assert len(digests(world)) == 1


@pytest.mark.parametrize("settings", [{"digest.day": "sunday", "digest.time": "06:00"}])
def test_a_picture_that_slack_does_not_know_keeps_no_digest_back(world: World) -> None:
    """Early on a Sunday, when nothing else is written."""
    world.workspace.scopes = {*SCOPES, "files:write"}
    world.person(ANA).asks().submitted()
    until(world, 13, 5, 58)
    world.server.faults.error("chat.postMessage", "invalid_blocks", calls=4)
    until(world, 13, 6)
    world.passes(minutes=2)
    (post,) = digests(world)
    assert pictures(post) == []
    assert "One request is overdue" in words(post)


def test_without_the_scope_words_carry_all_and_after_days_without_us_there_is_one_not_two(
    world: World,
) -> None:
    world.person(ANA).asks().submitted()
    until(world, 11, 12)
    world.stop_bot()
    world.clock.move(11 * 86_400)
    world.start_bot()
    world.passes(minutes=2)
    (post,) = digests(world)
    assert pictures(post) == []
    assert "Low risk: 1 being decided" in words(post)
    digested.look(world.bot.front, world.bot.front.desk())
    world.settle()
    assert len(digests(world)) == 1


def test_a_condition_whose_day_has_gone_by_is_opened_from_it(world: World) -> None:
    case, front = world.person(ANA).asks().submitted().case.id, world.bot.front
    ben, term = front.person(Who(TEAM, BEN)), Term(due=date(2026, 12, 9), otherwise="narrows")
    front.do(
        Approve(actor=ben, key="yes", case=case, reason="Fits.", conditions=("Tell people",), terms=(term,))
    )
    until(world, 14, 9)
    (post,) = digests(world)
    assert "The day of one condition has gone by" in words(post)
    assert world.person(BEN).presses_card(Action.HOME_SHOW, post)
    assert "Tell people" in str(world.person(BEN).hands.view())


def test_management_has_its_own_on_the_first_working_day_of_a_month(world: World) -> None:
    """The fourth of January: the first is a holiday, and then comes a weekend."""
    world.passes(days=27, hours=23)
    assert world.person(EVE).dm() == []
    world.passes(hours=2)
    (told,) = [text for text in map(words, world.person(EVE).dm()) if "9.3.2 a" in text]
    assert "Nothing on record" in told
