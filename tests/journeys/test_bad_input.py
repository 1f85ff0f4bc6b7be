"""What people really send: a clear sentence for each, nothing lost, nothing injected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import select

from bot.sandbox import payloads
from bot.slack.ids import Action
from store.tables import InboxRow
from tests.slack_world import ANA, BEN, CARDS, DAN, HARMLESS, Shown, Somebody, Thread, World, words
from triage.case import Status


@pytest.fixture
def ana(world: World) -> Somebody:
    return world.person(ANA)


def asking(ana: Somebody, question: str = "") -> Thread:
    """A conversation in which that question (or simply the first) is open."""
    thread = ana.asks()
    thread.chooses(Action.MORE, Action.START_BLANK.value)
    while question and thread.question != question:
        thread.types(HARMLESS[thread.question or ""])
    return thread


def test_forty_thousand_characters_as_first_words(world: World, ana: Somebody) -> None:
    long = "I'd like to use Otter.ai to transcribe " + "meetings " * 4_440
    thread = ana.asks(long[:40_000])
    assert "Otter.ai" in thread.last
    assert len(thread.case.words) > 39_900
    thread.submitted()
    assert thread.case.status is Status.in_review
    assert len(world.cards()) == 1


def test_forty_thousand_characters_as_an_answer(ana: Somebody) -> None:
    thread = asking(ana, "purpose")
    thread.types("x" * 40_000)
    assert "longer than fits here (40000 characters" in thread.last
    assert thread.question == "purpose"
    thread.types("Write minutes")
    assert thread.case.answers["purpose"].text == "Write minutes"


def test_mentions_and_links_in_answers_are_words(world: World, ana: Somebody) -> None:
    thread = asking(ana, "purpose")
    hostile = "Tell <!channel> and @Ben: *free* https://evil.example/x?a=1&b=<2> `code` ~no~"
    thread.types(hostile)
    assert thread.case.answers["purpose"].text.startswith("Tell <!channel> and ")
    thread.answers()
    thread.presses(Action.SUBMIT)
    world.person(BEN).decides(Action.ASK, question="Why <!here>? <https://evil.example|click>")
    thread.types("Because <!everyone> & <https://evil.example|yes>")
    world.person(BEN).decides(Action.DECLINE, reason="<!channel> no", would_change="<@U0DAN>")
    seen = "\n".join(live(thread.shown() + world.workspace.messages(CARDS)))
    assert "evil.example" in seen
    for mark in ("<!channel>", "<!here>", "<!everyone>", "<https://evil", f"<@{DAN}>"):
        assert mark not in seen, mark


def live(part: Any) -> Iterator[str]:
    """Every text in which Slack would make mentions and links: markup, and the plain line of a notification."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn" or (
            isinstance(part.get("text"), str) and part.get("type") != "plain_text"
        ):
            yield str(part["text"])
        for value in part.values():
            yield from live(value)
    elif isinstance(part, list):
        for each in part:
            yield from live(each)


def test_emoji_only(ana: Somebody) -> None:
    nothing = ana.asks(":tada: :rocket:")
    assert "one sentence" in nothing.last.lower() or "otter" in nothing.last.lower()
    thread = asking(ana)
    open_question = thread.question
    thread.types("🎉🎉")
    assert "found none in that" in thread.last
    thread.types(":thumbsup:")
    assert "found none in that" in thread.last
    assert thread.question == open_question


def test_an_attachment_without_words(ana: Somebody) -> None:
    thread = asking(ana)
    thread.types("", files=[("plan.pdf", b"%PDF")])
    assert "I cannot read files" in thread.last
    assert thread.question is not None


def test_an_attachment_beside_words(ana: Somebody) -> None:
    thread = asking(ana, "purpose")
    thread.types("Write minutes", files=[("plan.pdf", b"%PDF")])
    assert "I cannot read files" in ana.told()
    assert thread.case.answers["purpose"].text == "Write minutes"


def test_an_attachment_as_the_answer_to_a_reviewer(world: World, ana: Somebody) -> None:
    thread = ana.asks().submitted()
    world.person(BEN).decides(Action.ASK, question="Where is the contract?")
    thread.types("", files=[("contract.pdf", b"%PDF")])
    assert "I cannot read files" in thread.last
    assert thread.case.status is Status.needs_info
    thread.types("In the contract register, number 7")
    assert thread.case.status.value == "in_review"


def test_an_answer_outside_of_the_thread_with_one_open(ana: Somebody) -> None:
    thread = asking(ana, "people")
    outside = ana.asks("Nobody beyond my team")
    assert outside.shown() == []
    assert thread.case.answers["people"].picked == ("only_team",)
    assert thread.question != "people"


def test_an_answer_outside_of_the_thread_with_two_open(world: World, ana: Somebody) -> None:
    first, second = asking(ana, "people"), ana.asks("Claude for writing our newsletter")
    before = (first.case, second.case)
    outside = ana.asks("Nobody beyond my team")
    assert "which" in outside.last.lower()
    assert "Claude" in outside.last
    assert "Otter" in outside.last
    assert (first.case, second.case) == before


def test_words_outside_of_a_thread_with_none_open(ana: Somebody) -> None:
    hello = ana.asks("hello")
    assert "Otter" in hello.last or "AI tool" in hello.last
    hello.types("I'd like to use DeepL for translations")
    assert "DeepL" in hello.last
    assert hello.case.status is Status.draft


def test_an_edited_answer(world: World, ana: Somebody) -> None:
    thread = asking(ana, "people")
    ts = thread.types("Nobody beyond my team")
    before, lines = thread.case, len(world.trail())
    ana.hands.edits("dm", ts, "everybody in the world")
    world.settle()
    assert "You edited a message" in thread.last
    assert thread.case == before
    assert len(world.trail()) == lines
    thread.presses(Action.EDIT)
    assert thread.question == "people"


def test_an_edited_answer_after_submission(world: World, ana: Somebody) -> None:
    thread = asking(ana)
    ts = thread.types("not sure")
    thread.answers()
    thread.presses(Action.SUBMIT)
    ana.hands.edits("dm", ts, "sure")
    world.settle()
    assert "The record keeps your first answer" in thread.last
    assert thread.case.status is Status.in_review


def test_a_deleted_answer_stays_on_record(world: World, ana: Somebody) -> None:
    thread = asking(ana, "people")
    ts = thread.types("Nobody beyond my team")
    before = thread.case
    ana.hands.deletes("dm", ts)
    world.settle()
    assert thread.case == before


def test_an_old_button(ana: Somebody) -> None:
    thread = asking(ana)
    message, element = thread.find(Action.NOT_SURE)
    thread.types("not sure")
    before, question = thread.case, thread.question
    old = str(element["value"]).replace("unsure", "draft_self")
    press_drawn(ana, message, element, action_id="choose", value=old)
    assert thread.case == before
    assert any("belonged to an earlier question" in text for text in thread.texts())
    assert thread.question == question


def press_drawn(person: Somebody, message: Shown, element: Shown, *, of: str = "", **change: str) -> bool:
    """Press an element as it once was drawn, whatever the message shows by now, in the messages `of` somebody."""
    ws = person.world.workspace
    with ws.lock:
        place = ws.place(of or person.user, message["channel"])
        found = next(m for m in place.messages if m.ts == message["ts"])
        pressed = {k: v for k, v in element.items() if k in ("type", "action_id", "value", "text")}
        pressed |= {"block_id": "b", "action_ts": ws.new_ts(), **change}
        body = payloads.message_action(ws, person.hands.base, person.user, place, found, pressed)
    if of:
        del body["channel"], body["container"]["channel_id"]
    done = person.hands._send("interactive", body).ok
    person.world.settle()
    return done


@pytest.mark.parametrize(
    "change",
    [
        {"action_id": "launch_rocket"},
        {"value": "rubbish"},
        {"value": "no-such-case|1|people|only_team"},
        {"value": "|x|y|z"},
    ],
    ids=lambda c: next(iter(c.values())),
)
def test_an_unknown_action(world: World, ana: Somebody, change: dict[str, str]) -> None:
    thread = asking(ana)
    before = thread.case
    message, element = thread.find(Action.NOT_SURE)
    assert press_drawn(ana, message, element, **change), "acknowledged"
    assert "cannot find that request" in ana.told() or "do not know that button" in ana.told()
    assert thread.case == before


def test_an_answer_that_the_question_does_not_have(world: World, ana: Somebody) -> None:
    """A choice that a new version of the form dropped: nothing is written that no rule could read."""
    thread = asking(ana, "people")
    message, element = thread.find(Action.NOT_SURE)
    case = thread.case
    turn = case.talk.current.turn if case.talk and case.talk.current else 0
    value = f"{case.id}|{turn}|people|martians"
    assert press_drawn(ana, message, element, action_id="choose", value=value)
    assert "people" not in thread.case.answers
    assert thread.question == "people"


def test_words_to_a_closed_request(world: World, ana: Somebody) -> None:
    thread = ana.asks().submitted()
    thread.types("One more thing: from May on")
    assert "passed that on" in thread.last
    world.person(BEN).decides(Action.DECLINE, reason="No contract")
    thread.types("But why?")
    assert "only noted your words" in thread.last
    notes = "\n".join(world.below(world.cards()[0]))
    assert "from May on" in notes
    assert "But why?" in notes
    assert thread.case.status is Status.declined


def test_a_press_in_a_closed_request(ana: Somebody) -> None:
    thread = asking(ana)
    message, element = thread.find(Action.NOT_SURE)
    thread.types("cancel")
    assert "Cancelled" in thread.last
    assert press_drawn(ana, message, element)
    assert "no longer open" in ana.told()
    assert thread.case.status is Status.withdrawn


def test_hostile_words_in_a_command(world: World, ana: Somebody) -> None:
    for text in (
        "show <!channel>",
        "can I use <https://evil.example|Otter>",
        "x" * 3000,
        "show AIU-2026-9999",
        "",
    ):
        told = ana.steward(text)
        assert told
        assert "<!channel>" not in told
        assert "<https://evil" not in told


def test_other_bots_and_our_own_echoes_are_nobody(world: World, ana: Somebody) -> None:
    thread = asking(ana)
    before, lines = thread.case, world.trail()
    place = world.workspace.person(ANA).dm
    base = {"type": "message", "channel": place, "channel_type": "im", "thread_ts": thread.root}
    for number in range(10):
        echo = {
            **base,
            "user": "U0BOT",
            "bot_id": "B0BOT",
            "text": "not sure",
            "ts": f"1900000000.0000{number}",
        }
        world.raises(echo)
        world.raises(
            {**echo, "subtype": "bot_message", "bot_id": "B0OTHER", "ts": f"1900000000.0001{number}"}
        )
    assert thread.case == before
    assert world.trail() == lines
    with world.store.read() as session:
        kept = session.exec(select(InboxRow.payload)).all()
    assert {row["event"]["user"] for row in kept} == {ANA}, "let go at the door"


def test_a_press_by_somebody_else_is_refused_and_stands_in_the_trail(world: World) -> None:
    """Nobody else sees a direct message; a request that says so is refused all the same."""
    thread = asking(world.person(ANA))
    before = thread.case
    message, element = thread.find(Action.NOT_SURE)
    dan = world.person(DAN)
    assert press_drawn(dan, message, element, of=ANA)
    assert "belongs to somebody else" in words(dan.dm()[-1])
    assert thread.case == before
    assert world.trail()[-1] == "choose.refused"
