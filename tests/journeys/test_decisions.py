"""Who may decide, what the others are told, and what happens when several press at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.sandbox import payloads
from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, CLEO, EVE, HARMLESS, Shown, Somebody, World, words
from triage.case import Status


def at_once(*works: Callable[[], object]) -> None:
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        gate.wait()
        work()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buttons(card: Shown) -> list[str]:
    return [e["action_id"] for b in card["blocks"] if b["type"] == "actions" for e in b["elements"]]


def presses_as_it_was(person: Somebody, card: Shown, action: Action, case: str) -> None:
    """Press what an older picture of the card still offers."""
    ws = person.world.workspace
    with ws.lock:
        place = ws.channels[card["channel"]]
        message = next(m for m in place.messages if m.ts == card["ts"])
        pressed = {"type": "button", "action_id": action.value, "value": f"{case}|0||", "block_id": "b"}
        body = payloads.message_action(ws, person.hands.base, person.user, place, message, pressed)
    assert person.hands._send("interactive", body)
    person.world.settle()


def test_nothing_open_is_approved_and_the_open_questions_are_named(world: World) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS | {"data": "unsure"})
    assert "cannot be approved yet" in words(world.cards()[0])
    assert buttons(world.cards()[0]) == ["settle", "ask", "decline", "more"]
    cleo = world.person(CLEO)
    presses_as_it_was(cleo, world.cards()[0], Action.APPROVE, thread.case.id)
    assert cleo.hands.view() is None
    assert "something is open" in cleo.told()
    assert "Data" in cleo.told().partition("Still open:")[2]
    assert world.trail()[-1] == "approve.refused"
    assert thread.case.status is Status.in_review
    assert cleo.decides(Action.DECLINE, reason="Too much is open") is None
    assert thread.case.decision is not None


def test_a_double_click_on_an_answer_is_one_answer(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.presses(Action.START)
    message, element = thread.find(Action.NOT_SURE)
    at_once(*(lambda: thread.again(message, element) for _ in range(3)))
    world.settle()
    assert world.trail().count("question.answered") == 1
    assert len(thread.shown()) == 3
    assert not any("earlier question" in text for text in thread.texts())
    assert thread.person.told() == ""


def test_a_button_of_a_card_that_is_decided_already(world: World) -> None:
    """The card of somebody whose screen has not been drawn anew yet."""
    thread = world.person(ANA).asks().submitted()
    eve, card = world.person(EVE), world.cards()[0]
    eve.presses_card(Action.DECLINE, card)
    world.person(BEN).decides(Action.APPROVE, reason="Yes")
    eve.hands.fills(reason="No")
    eve.hands.submits()
    world.settle()
    assert "already been approved" in eve.window()
    assert f"<@{BEN}>" in eve.window()
    assert thread.case.status is Status.approved


def test_conditions_and_reasons_that_are_missing_go_back_into_the_window(world: World) -> None:
    world.person(ANA).asks().submitted()
    ben = world.person(BEN)
    problems = ben.decides(Action.APPROVE_WITH_CONDITIONS, conditions=" - \n * ", reason="kept")
    assert problems is not None
    assert "Name at least one condition" in problems["conditions"]
    view = ben.hands.view()
    assert view is not None
    assert "kept" in str(view["state"])
    ben.hands.fills(conditions="Tell people")
    assert ben.hands.submits() is None


def test_a_correction_after_an_approval_reaches_whoever_approved_it(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    world.person(BEN).decides(Action.APPROVE, reason="Fits.")
    card, before = world.cards()[0], len(world.below(world.cards()[0]))
    thread.types("thanks!")
    assert "You are welcome" in thread.last
    assert len(world.below(card)) == before
    thread.types("that is not so: we also join the notes with data from our CRM")
    assert f"<@{BEN}>, who approved this, has your words now" in thread.last
    assert "keep to what was approved" in thread.last
    assert "For another use, write to me outside of this thread" in thread.last
    note = world.below(card)[-1]
    assert note.startswith(f"<@{BEN}>, <@{ANA}> says something about this approved use:")
    assert "data from our CRM" in note
    assert "Does the decision still stand?" in note
    assert thread.case.status is Status.approved
