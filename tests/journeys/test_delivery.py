"""What Slack, the network and the machine do to a conversation: repeated, late, out of order, restarted, locked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, DAN, FIRST_WORDS, HARMLESS, Thread, World, words
from triage.case import Status


def asking(world: World, question: str = "") -> Thread:
    thread = world.person(ANA).asks()
    thread.chooses(Action.MORE, Action.START_BLANK.value)
    while question and thread.question != question:
        thread.types(HARMLESS[thread.question or ""])
    return thread


def test_an_event_delivered_four_times(world: World) -> None:
    ana = world.person(ANA)
    held = world.holds_back()
    root = ana.hands.says("dm", FIRST_WORDS)
    (event,) = held
    world.delivers(event, event, event, event)
    thread = Thread(ana, root)
    assert len(thread.shown()) == 1
    assert world.trail() == ["draft.begun"]
    thread.presses(Action.START)
    held = world.holds_back()
    ana.hands.says("dm", "not sure", thread_ts=root)
    world.delivers(*held * 4)
    assert world.trail().count("question.answered") == 1
    assert len(thread.shown()) == 3


def test_a_repetition_without_a_first(world: World) -> None:
    """Slack says it is the third attempt; we never saw the others."""
    ana = world.person(ANA)
    world.stop_bot()
    root = ana.hands.says("dm", FIRST_WORDS)
    world.start_bot()
    world.settle()
    assert len(Thread(ana, root).shown()) == 1


def test_a_restart_between_every_two_steps(world: World) -> None:
    ana, ben = world.person(ANA), world.person(BEN)
    thread = ana.asks()
    world.restart()
    thread.chooses(Action.MORE, Action.START_BLANK.value)
    world.restart()
    asked = thread.answers(between=world.restart)
    assert asked > 5
    before = thread.case.answers
    world.restart()
    assert thread.case.answers == before
    thread.presses(Action.SUBMIT)
    world.restart()
    ben.presses_card(Action.ASK)
    world.restart()
    ben.hands.fills(question="Who listens?")
    assert ben.hands.submits() is None
    world.settle()
    world.restart()
    thread.types("Only us")
    world.restart()
    assert ben.decides(Action.APPROVE, reason="Fits.") is None
    assert thread.case.status is Status.approved
    assert world.trail().count("question.answered") == asked
    assert len(world.cards()) == 1
    assert [what for what in world.trail() if what.startswith("case.")] == ["case.submitted", "case.approved"]
    assert "AIU-2026-0001" in world.person(DAN).steward("can I use otter")


def test_answers_out_of_order(world: World) -> None:
    """The second answer comes first: neither is lost, and none lands on the wrong question unseen."""
    thread = asking(world, "purpose")
    held = world.holds_back()
    first = thread.person.hands.says("dm", "Write minutes of our meetings", thread_ts=thread.root)
    second = thread.person.hands.says("dm", "draft_self", thread_ts=thread.root)
    assert first < second
    world.delivers(*reversed(held))
    case = thread.case
    assert case.talk is not None
    assert world.trail()[-2:] == ["question.answered", "words.not_understood"]
    assert thread.question == "output_use"


def test_words_that_come_a_day_late_are_no_answer_to_the_question_of_today(world: World) -> None:
    thread = asking(world, "people")
    held = world.holds_back()
    thread.person.hands.says("dm", "cancel", thread_ts=thread.root)
    (event,) = held
    event["event"]["ts"] = f"{float(event['event']['ts']) - 86_400:.6f}"
    world.delivers(event)
    assert "only now" in thread.last
    assert thread.case.status is Status.draft
    assert thread.question == "people"
    assert world.trail()[-1] == "words.not_understood"


def test_an_event_of_an_unknown_kind_is_acknowledged_once(world: World) -> None:
    world.raises({"type": "telepathy_received", "user": ANA, "event_ts": "1.2"})
    world.raises({"type": "message", "channel_type": "im", "subtype": "new_fashion", "channel": "D0ANA"})
    assert world.server.pending() == 0
    assert [call for call in world.server.calls if call["method"].startswith(("chat.", "views."))] == []
    assert world.trail() == []


impatient = pytest.mark.parametrize("patience", [0.5])


@pytest.fixture
def locked(world: World) -> Iterator[sqlite3.Connection]:
    """Somebody else holds the database; `rollback` lets go."""
    path = make_url(world.database_url).database
    assert path is not None
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    yield holder
    if holder.in_transaction:
        holder.execute("ROLLBACK")
    holder.close()


@impatient
def test_a_click_while_the_database_is_locked(world: World, locked: sqlite3.Connection) -> None:
    thread = asking(world, "people")
    message, element = thread.find(Action.NOT_SURE)
    before = thread.case
    locked.execute("BEGIN IMMEDIATE")
    assert not thread.again(message, element), "what is not stored is not acknowledged"
    assert "cannot be reached" in thread.person.told()
    assert "nothing was changed" in thread.person.told()
    locked.execute("ROLLBACK")
    assert thread.case == before
    assert thread.presses(Action.NOT_SURE)
    assert world.trail().count("question.answered") == len(before.facts) + 1


@impatient
def test_a_message_while_the_database_is_locked_comes_again(
    world: World, locked: sqlite3.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    thread = asking(world, "people")
    locked.execute("BEGIN IMMEDIATE")
    thread.person.hands.says("dm", "Nobody beyond my team", thread_ts=thread.root)
    world.server.wait_until(lambda: "could not be answered" in caplog.text)
    locked.execute("ROLLBACK")
    world.settle()
    assert thread.case.answers["people"].picked == ("only_team",)
    assert world.trail().count("question.answered") == len(thread.case.facts)


@impatient
def test_a_window_while_the_database_is_locked_keeps_what_was_written(
    world: World, locked: sqlite3.Connection
) -> None:
    thread = world.person(ANA).asks().submitted()
    ben = world.person(BEN)
    ben.presses_card(Action.DECLINE)
    ben.hands.fills(reason="A long and careful reason")
    locked.execute("BEGIN IMMEDIATE")
    assert ben.hands.submits() is not None
    view = ben.hands.view()
    assert view is not None
    assert "A long and careful reason" in str(view["state"])
    locked.execute("ROLLBACK")
    assert ben.hands.submits() is None
    world.settle()
    assert thread.case.status is Status.declined
    assert world.trail().count("case.declined") == 1


def test_slack_says_wait(world: World) -> None:
    """A limit in the middle: everything arrives once, in order."""
    world.server.faults.ratelimit("chat.postMessage", calls=2, retry_after=1)
    thread = world.person(ANA).asks()
    assert len(thread.shown()) == 1


def test_the_answer_of_slack_is_lost(world: World) -> None:
    """The message stands there, but nobody told us: it is looked for, not posted twice."""
    thread = asking(world, "people")
    count = len(thread.shown())
    world.server.faults.time_out_after("chat.postMessage")
    thread.types("Nobody beyond my team")
    assert len(thread.shown()) == count + 1
    assert thread.question == "data"


def test_a_message_that_somebody_removed_is_posted_anew(world: World) -> None:
    world.person(ANA).asks().submitted()
    world.server.faults.error("chat.update", "message_not_found")
    world.person(BEN).decides(Action.DECLINE, reason="No")
    assert any("Declined" in words(card) for card in world.cards())


def test_nothing_is_taken_and_forgotten_while_slack_does_not_say_who_we_are(world: World) -> None:
    """Bolt would ask at the first request, and acknowledge what it could not ask about."""
    world.server.faults.error("auth.test", "internal_error", calls=None)
    thread = world.person(ANA).asks()
    assert len(thread.shown()) == 1
    thread.presses(Action.START)
    assert thread.question is not None
