"""A real process, killed with SIGKILL between any two steps: nothing lost, nothing done twice."""

from __future__ import annotations

import pytest
from sqlmodel import col, func, select

from bot.slack.ids import Action
from store.tables import DecisionRow, DiscussionRow, FactRow, InboxRow, OutboxRow
from tests.crash.conftest import Doomed
from tests.slack_world import ANA, BEN, CARDS, SCOPES, Shown, Thread, World, words
from triage.case import Status

EVENT_POINTS = (
    "before the inbox commit",
    "after the inbox commit",
    "after the acknowledgement",
    "inside the transaction",
    "between work and done",
    "between commit and send",
    "between send and mark",
)
CLICK_POINTS = (
    "inside the transaction",
    "between commit and acknowledgement",
    "between commit and send",
    "between send and mark",
)


def asking(world: World) -> Thread:
    """A conversation whose first question is open."""
    thread = world.person(ANA).asks()
    thread.presses(Action.START)
    return thread


def counted(world: World, thread: Thread, question: str) -> dict[str, int]:
    """How often what must happen once has happened."""
    with world.store.read() as session:
        facts = session.exec(select(func.count()).where(FactRow.question == question)).one()
        unfinished = session.exec(select(func.count()).where(InboxRow.state != "done")).one()
        unsent = session.exec(
            select(func.count()).where(col(OutboxRow.state).notin_(["sent", "dropped"]))
        ).one()
    talk = thread.case.talk
    assert talk is not None
    return {
        "facts": facts,
        "lines": world.trail().count("question.answered"),
        "turns asked": len(talk.asked),
        "messages": len(thread.shown()),
        "unfinished": unfinished,
        "unsent": unsent,
    }


ONCE = {"facts": 1, "lines": 1, "turns asked": 2, "messages": 3, "unfinished": 0, "unsent": 0}
"""The welcome, the settled first question and the second question: three messages."""


@pytest.mark.parametrize("point", EVENT_POINTS)
def test_killed_while_a_typed_answer_is_on_its_way(world: World, doomed: Doomed, point: str) -> None:
    thread = asking(world)
    first = thread.question
    assert first is not None
    doomed.start(point)
    doomed.arm()
    thread.person.hands.says("dm", "1", thread_ts=thread.root)
    doomed.dies()
    assert counted(world, thread, first) == ONCE
    assert thread.question not in (None, first)
    assert goes_on(thread)


@pytest.mark.parametrize("point", CLICK_POINTS)
def test_killed_while_a_click_is_on_its_way(world: World, doomed: Doomed, point: str) -> None:
    thread = asking(world)
    first = thread.question
    assert first is not None
    message, element = thread.find(Action.NOT_SURE)
    doomed.start(point)
    doomed.arm()
    acknowledged = thread.again(message, element)
    doomed.dies()
    if point == "inside the transaction":
        assert not acknowledged
        assert thread.question == first
        thread.presses(Action.NOT_SURE)
    assert counted(world, thread, first) == ONCE
    assert thread.question not in (None, first)
    assert goes_on(thread)


def goes_on(thread: Thread) -> bool:
    """The next answer leads to the next question, as if nothing had been."""
    before = thread.question
    thread.types("not sure")
    return thread.question != before


def test_killed_in_the_first_words(world: World, doomed: Doomed) -> None:
    """The first message of all: one case, one welcome."""
    doomed.start("between send and mark")
    doomed.arm()
    root = world.person(ANA).hands.says("dm", "I'd like to use Otter.ai for our own notes")
    doomed.dies()
    thread = Thread(world.person(ANA), root)
    assert len(thread.shown()) == 1
    assert world.trail() == ["draft.begun"]
    assert thread.find(Action.START)


@pytest.mark.parametrize(
    "point", [each for each in EVENT_POINTS if "transaction" not in each and "send" not in each]
)
def test_killed_while_words_below_a_card_are_on_their_way(world: World, doomed: Doomed, point: str) -> None:
    world.workspace.scopes = {*SCOPES, "groups:history"}
    world.workspace.events |= {"message.groups"}
    world.person(ANA).asks().submitted()
    (card,) = world.cards()
    doomed.start(point)
    doomed.arm()
    world.person(BEN).hands.says(CARDS, "Who listens?", thread_ts=card["ts"])
    doomed.dies()
    with world.store.read() as session:
        assert session.exec(select(func.count()).select_from(DiscussionRow)).one() == 1
        assert session.exec(select(func.count()).where(InboxRow.state != "done")).one() == 0
    assert world.trail().count("discussion.said") == 1


@pytest.mark.parametrize("point", ["inside the transaction", "between commit and acknowledgement"])
def test_killed_while_a_decision_is_handed_in(world: World, doomed: Doomed, point: str) -> None:
    thread = world.person(ANA).asks().submitted()
    ben = world.person(BEN)
    doomed.start(point)
    world.settle()
    ben.presses_card(Action.APPROVE)
    ben.hands.fills(reason="Fits.")
    doomed.arm()
    assert ben.hands.submits() is not None, "the window stays, with what was written"
    doomed.dies()
    again = ben.hands.submits()
    world.settle()
    assert again is None
    assert thread.case.status is Status.approved
    with world.store.read() as session:
        assert session.exec(select(func.count()).select_from(DecisionRow)).one() == 1
    assert world.trail().count("case.approved") == 1
    told = [text for text in thread.texts() if "you may go ahead" in text]
    assert len(told) == 1
    assert len(world.cards()) == 1


def copies(world: World) -> list[Shown]:
    return [card for card in world.cards() if "AIU-" in words(card)]


def submit_and_die(world: World, doomed: Doomed) -> Thread:
    thread = world.person(ANA).asks()
    assert thread.fills() is None
    thread.answers()
    message, element = thread.find(Action.SUBMIT)
    doomed.start("between send and mark of a card")
    doomed.arm()
    thread.again(message, element)
    doomed.dies()
    return thread


def test_slack_tells_where_a_card_stands_so_there_is_no_second(world: World, doomed: Doomed) -> None:
    """Nobody reads the channel: the event of our own post comes when we are back, or before the next try."""
    thread = submit_and_die(world, doomed)
    world.server.wait_until(lambda: world.server.pending() == 0)
    world.passes(minutes=1)
    (card,) = copies(world)
    assert world.below(card) == [], "and no note tells of a copy that is gone"
    assert world.person(BEN).decides(Action.DECLINE, reason="No") is None
    assert thread.case.status is Status.declined
    assert world.trail().count("case.declined") == 1


def test_a_card_sent_twice_is_found_and_removed_when_it_is_pressed(world: World, doomed: Doomed) -> None:
    """Where Slack does not tell of our posts, and we may not read the channel, nobody knows where they stand."""
    world.workspace.scopes = {*SCOPES} - {"metadata.message:read"}
    thread = submit_and_die(world, doomed)
    first, second = copies(world)
    assert {r["error"] for r in world.server.refusals} == {"missing_scope"}
    assert not world.below(first)
    world.server.wait_until(lambda: world.below(second))
    (note,) = world.below(second)
    assert "a copy of it may stand further up" in note
    ben = world.person(BEN)
    assert ben.decides(Action.APPROVE, first, reason="Fits.") is None
    (left,) = copies(world)
    assert left["ts"] == second["ts"]
    notes = [note for note in world.below(left) if "a copy of it" in note]
    assert notes == [], "what told of the copy went with it"
    assert thread.case.status is Status.approved
    assert [block for block in left["blocks"] if block["type"] == "actions"] == []
    assert world.trail().count("case.approved") == 1


def test_with_the_right_to_read_the_channel_there_is_no_second_card(world: World, doomed: Doomed) -> None:
    world.workspace.scopes = {*SCOPES, "groups:history"}
    thread = submit_and_die(world, doomed)
    assert len(copies(world)) == 1
    assert world.server.refusals == []
    assert world.person(BEN).decides(Action.DECLINE, reason="No") is None
    assert thread.case.status is Status.declined
