"""What Slack, the network and the machine do to a conversation: repeated, late, out of order, restarted, locked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, HARMLESS, SCOPES, Thread, World, words


def asking(world: World, question: str = "") -> Thread:
    thread = world.person(ANA).asks()
    thread.chooses(Action.MORE, Action.START_BLANK.value)
    while question and thread.question != question:
        thread.types(HARMLESS[thread.question or ""])
    return thread


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


def test_a_doubtful_note_below_a_card_is_looked_for_in_its_thread(world: World) -> None:
    """Where we may read the channel, nothing stands there twice."""
    world.workspace.scopes = {*SCOPES, "groups:history"}
    thread = world.person(ANA).asks().submitted()
    world.person(BEN).decides(Action.ASK, question="Who listens?")
    world.server.faults.time_out_after("chat.postMessage", calls=3)
    thread.types("Nobody but my team")
    assert sum("Nobody but my team" in note for note in world.below(world.cards()[0])) == 1
    assert sum("has your answer" in text for text in thread.texts()) == 1
