"""A real process, killed while a use is kept confidential, opened again, or handed in so: once, and in no words."""

from __future__ import annotations

import json

import pytest

from bot.sandbox import payloads
from bot.slack.ids import Action, Press, to_value
from bot.slack.payloads import Who
from tests.crash.conftest import Doomed
from tests.databases import Databases
from tests.slack_world import ANA, BEN, CARDS, CLEO, EVE, TEAM, World, words
from tests.slack_world.people import HARMLESS
from tests.slack_world.thread import Thread
from triage.confidences import OpenUp
from triage.confidential import opening

MARK = "Wolpertinger"
POINTS = (
    "inside the transaction",
    "between commit and acknowledgement",
    "between commit and send",
    "between send and mark",
)
all_points = pytest.mark.parametrize("point", POINTS)


@pytest.fixture
def database_url(sqlite_databases: Databases) -> str:
    """What a death leaves on PostgreSQL is the same for every wish; test_killed.py sees to that."""
    return sqlite_databases.copy()


def asked(world: World, *, closed: bool) -> Thread:
    """Everything is answered, nothing handed in."""
    thread = world.person(ANA).asks(f"I'd like to use Otter.ai for {MARK}")
    assert thread.fills(HARMLESS | {"purpose": f"Write down {MARK}"}) is None
    thread.answers()
    if closed:
        thread.presses(Action.CONFIDE)
    return thread


def presses(world: World, action: Action, case: str, choice: str = "") -> None:
    """By Ben on the card, the same press twice: Slack's people try again when nothing happens."""
    ws, (card,) = world.workspace, world.cards()
    with ws.lock:
        found = next(m for m in ws.channels[CARDS].messages if m.ts == card["ts"])
        drawn = {"type": "button", "action_id": action.value, "block_id": "b"}
        drawn["value"] = to_value(Press(case=case, choice=choice))
        hands = world.person(BEN).hands
        body = payloads.message_action(ws, hands.base, BEN, ws.channels[CARDS], found, drawn)
    hands._send("interactive", body)


def outside(world: World) -> str:
    """What the risk owner reads where cards are, and below them."""
    hands = world.person(CLEO).hands
    seen = hands.sees(CARDS)
    below = [m for each in seen for m in hands.sees(CARDS, thread_ts=each["ts"])]
    return json.dumps([*seen, *below])


@all_points
def test_killed_while_it_is_kept_confidential(world: World, doomed: Doomed, point: str) -> None:
    thread = asked(world, closed=False)
    thread.presses(Action.SUBMIT)
    case = thread.case.id
    doomed.start(point)
    doomed.arm()
    presses(world, Action.CONFIDE, case)
    doomed.dies()
    if not thread.case.confidential:
        presses(world, Action.CONFIDE, case)
        world.settle()
    assert thread.case.confidential
    assert world.trail().count("readers.confided") == 1
    assert MARK not in outside(world)
    assert len(world.cards()) == 1
    assert world.differences() == []


@all_points
def test_killed_while_the_second_opens_it(world: World, doomed: Doomed, point: str) -> None:
    thread = asked(world, closed=True)
    thread.presses(Action.SUBMIT)
    front = world.bot.front
    front.do(OpenUp(actor=front.person(Who(TEAM, EVE)), key="first", case=thread.case.id))
    world.settle()
    case, first = thread.case.id, opening(thread.case)
    assert first is not None
    doomed.start(point)
    doomed.arm()
    presses(world, Action.OPEN_UP, case, first.id)
    doomed.dies()
    if thread.case.confidential:
        presses(world, Action.OPEN_UP, case, first.id)
        world.settle()
    assert not thread.case.confidential
    assert world.trail().count("readers.opened") == 1
    assert sum("no longer confidential" in text for text in thread.texts()) == 1
    (card,) = world.cards()
    assert MARK in words(card)
    assert world.differences() == []


@pytest.mark.parametrize("point", [*POINTS[:1], *POINTS[2:], "between send and mark of a card"])
def test_killed_while_it_is_handed_in_confidential(world: World, doomed: Doomed, point: str) -> None:
    """No half of it stands anywhere in words."""
    thread = asked(world, closed=True)
    message, element = thread.find(Action.SUBMIT)
    doomed.start(point)
    doomed.arm()
    thread.again(message, element)
    doomed.dies()
    if thread.case.submitted_at is None:
        thread.presses_as_it_was(message, element)
    assert thread.case.confidential
    assert MARK not in outside(world)
    assert "AIU-2026-0001" in outside(world)
    assert world.trail().count("case.submitted") == 1
    assert world.differences() == []
