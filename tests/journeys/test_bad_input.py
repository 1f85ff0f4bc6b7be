"""What people really send: a clear sentence for each, nothing lost, nothing injected."""

from __future__ import annotations

import pytest

from bot.sandbox import payloads
from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, DAN, HARMLESS, Shown, Somebody, Thread, World, words
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


def test_none_of_these_and_not_sure_at_once_is_told_at_the_field(ana: Somebody) -> None:
    thread = ana.asks()
    thread.presses(Action.USE_FORM)
    ana.hands.fills(area=["none", "unsure"], red_flag=["unsure"])
    problems = ana.hands.submits()
    assert problems == {
        "area": "“Not sure” cannot stand beside the choice that rules out all others. Please choose one of the two."
    }
    ana.hands.fills(area=["unsure"])
    assert ana.hands.submits() is None
    ana.world.settle()
    assert thread.case.answers["area"].picked == ()
