"""Who may decide, what the others are told, and what happens when several press at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from bot.sandbox import payloads
from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, HARMLESS, Shown, Somebody, World, words
from triage.case import Status

DECIDING = (Action.APPROVE, Action.APPROVE_WITH_CONDITIONS, Action.ASK, Action.DECLINE)


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


@pytest.mark.parametrize("action", DECIDING)
def test_nobody_decides_on_their_own_request(world: World, action: Action) -> None:
    ben = world.person(BEN)
    thread = ben.asks().submitted()
    assert ben.presses_card(action)
    assert ben.hands.view() is None
    told = ben.told()
    assert "somebody else has to decide" in told
    assert f"<@{EVE}> can do it" in told
    assert f"<@{BEN}>" not in told
    assert world.trail()[-1] == f"{action.value}.refused"
    assert world.case(thread.root, BEN).status is Status.in_review


@pytest.mark.parametrize("person", [CLEO, DAN])
def test_who_does_not_hold_the_role_is_told_who_does(world: World, person: str) -> None:
    world.person(ANA).asks().submitted()
    other = world.person(person)
    other.presses_card(Action.APPROVE)
    assert other.hands.view() is None
    assert (
        f"<@{BEN}> or <@{EVE}> can do it" in other.told() or f"<@{EVE}> or <@{BEN}> can do it" in other.told()
    )
    assert world.trail()[-1] == "approve.refused"
    assert world.person(BEN).told() == "", "only the person who pressed reads it"


def test_nothing_open_is_approved_and_the_open_questions_are_named(world: World) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS | {"data": "unsure"})
    assert "cannot be approved yet" in words(world.cards()[0])
    assert buttons(world.cards()[0]) == ["settle", "ask", "decline"]
    cleo = world.person(CLEO)
    presses_as_it_was(cleo, world.cards()[0], Action.APPROVE, thread.case.id)
    assert cleo.hands.view() is None
    assert "something is open" in cleo.told()
    assert "Data" in cleo.told().partition("Still open:")[2]
    assert world.trail()[-1] == "approve.refused"
    assert thread.case.status is Status.in_review
    assert cleo.decides(Action.DECLINE, reason="Too much is open") is None
    assert thread.case.decision is not None


def test_a_double_click_on_submit_is_one_request(world: World) -> None:
    thread = world.person(ANA).asks()
    assert thread.fills() is None
    thread.answers()
    message, element = thread.find(Action.SUBMIT)
    at_once(*(lambda: thread.again(message, element) for _ in range(2)))
    world.settle()
    assert len(world.cards()) == 1
    assert world.trail().count("case.submitted") == 1
    assert thread.case.ref == "AIU-2026-0001"
    assert sum("Recorded as" in text for text in thread.texts()) == 1


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


def test_a_window_handed_in_twice_is_one_decision(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    ben = world.person(BEN)
    ben.presses_card(Action.APPROVE)
    view = ben.hands.ws.views.top(BEN)
    assert view is not None
    body = handed_in(world, view)
    at_once(*(lambda: ben.hands._send("interactive", body) for _ in range(2)))
    world.settle()
    assert world.trail().count("case.approved") == 1
    assert world.trail().count("approve.refused") == 0
    assert sum("you may go ahead" in text for text in thread.texts()) == 1
    ben.hands.closes_view()


def handed_in(world: World, view: object) -> Shown:
    with world.workspace.lock:
        return payloads.submission(world.workspace, view)  # type: ignore[arg-type]


def test_two_decide_at_once_and_one_wins(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    ben, eve = world.person(BEN), world.person(EVE)
    ben.presses_card(Action.APPROVE)
    ben.hands.fills(reason="Yes")
    eve.presses_card(Action.DECLINE)
    eve.hands.fills(reason="No")
    at_once(ben.hands.submits, eve.hands.submits)
    world.settle()
    decision = thread.case.decision
    assert decision is not None
    assert len(thread.case.decisions) == 1
    won, lost = (ben, eve) if thread.case.status is Status.approved else (eve, ben)
    assert won.hands.view() is None
    assert "has already been" in lost.window()
    assert f"<@{won.user}>" in lost.window()
    assert buttons(world.cards()[0]) == []
    assert f"<@{won.user}>" in words(world.cards()[0])
    assert sum(line.startswith("case.") for line in world.trail()) == 2


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
    assert problems == {"conditions": "Please write something here."}
    view = ben.hands.view()
    assert view is not None
    assert "kept" in str(view["state"])
    ben.hands.fills(conditions="Tell people")
    assert ben.hands.submits() is None
