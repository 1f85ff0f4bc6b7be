"""Each condition with a day, a question and a consequence of its own, one after the other in one window."""

from __future__ import annotations

from datetime import date

from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, EVE, Somebody, World, words
from tests.slack_world.thread import Thread
from triage.case import Status


def opened(world: World) -> tuple[Thread, Somebody]:
    thread, ben = world.person(ANA).asks().submitted(), world.person(BEN)
    ben.presses_card(Action.APPROVE_WITH_CONDITIONS)
    return thread, ben


def adds(ben: Somebody, **fields: str) -> None:
    """One more, with what is written into its fields."""
    assert ben.hands.clicks_view(Action.ADD_CONDITION.value)
    view = ben.hands.view()
    assert view is not None
    number = sum(str(block["block_id"]).startswith("own_text") for block in view["blocks"])
    ben.hands.fills(**{f"own_{name}.{number}": text for name, text in fields.items()})


def test_each_has_its_own_day_question_and_consequence(world: World) -> None:
    thread, ben = opened(world)
    ben.hands.fills(conditions="Only in English", until="")
    adds(ben, text="Tell everybody", due="2026-12-21", check="Who was told?", otherwise="narrows")
    adds(ben, text="Name somebody who\ncan stop it", due="2027-01-15", otherwise="lapses")
    adds(ben, text="Within Europe")
    assert ben.hands.submits() is None
    world.settle()
    decision = thread.case.decision
    assert decision is not None
    found = [(term.due, term.check, term.otherwise) for term in decision.terms]
    assert dict(zip(decision.conditions, found, strict=True)) == {
        "Only in English": (None, "", ""),
        "Tell everybody": (date(2026, 12, 21), "Who was told?", "narrows"),
        "Name somebody who can stop it": (date(2027, 1, 15), "", "lapses"),
        "Within Europe": (None, "", ""),
    }
    (card,) = world.cards()
    assert "2. By 21 December" in words(card)
    assert "3. By 15 January" in words(card)
    assert "Tell everybody (else it goes on without this)" in thread.last
    assert "By 15 January 2027: Name somebody who can stop it (else the approval lapses)" in thread.last
    thread.presses(Action.FULFIL)
    assert "Tell everybody (else it goes on without this). Who was told?" in thread.person.window()
    assert world.differences() == []


def test_what_is_missing_is_said_beside_its_field(world: World) -> None:
    thread, ben = opened(world)
    ben.hands.fills(until="")
    adds(ben, due="2026-12-21")
    adds(ben, text="Tell everybody", otherwise="lapses")
    adds(ben, text="Name an overseer", due="2026-12-07")
    problems = ben.hands.submits()
    assert problems is not None
    assert sorted(problems) == ["own_due.2", "own_due.3", "own_text.1"]
    assert "choose a day as well" in problems["own_due.2"]
    assert "Without a day it holds all the time" in ben.window()
    assert thread.case.status.value == "in_review"
    ben.hands.fills(**{"own_text.1": "Delete it", "own_due.2": "2026-12-22", "own_due.3": "2026-12-23"})
    assert ben.hands.submits() is None
    world.settle()
    assert thread.case.status.value == "approved_with_conditions"


def test_a_consequence_without_a_day_is_sent_back(world: World) -> None:
    """Else what was written would hold all the time, and nothing would ever follow."""
    thread, ben = opened(world)
    ben.hands.fills(conditions="Tell everybody", otherwise="lapses", until="")
    assert "choose a day as well" in (ben.hands.submits() or {})["due"]
    ben.hands.fills(due="2026-12-21")
    assert ben.hands.submits() is None
    world.settle()
    assert "By 21 December 2026: Tell everybody (else the approval lapses)" in thread.last


def test_there_is_an_end_to_it(world: World) -> None:
    _, ben = opened(world)
    for _ in range(10):
        adds(ben, text="Tell everybody")
    view = ben.hands.view()
    assert view is not None
    assert Action.ADD_CONDITION.value not in str(view["blocks"])
    ben.hands.closes_view()


def test_what_changed_meanwhile_is_not_decided_on(world: World) -> None:
    """One more field is no newer look at the card."""
    thread, ben = opened(world)
    ben.hands.fills(until="")
    assert world.person(EVE).decides(Action.ASK, question="For how many teams?") is None
    thread.types("For two")
    adds(ben, text="Tell everybody", due="2026-12-21")
    assert ben.hands.submits() is None
    world.settle()
    assert thread.case.status is Status.in_review
    assert "has changed since" in ben.window()
    assert world.trail()[-1] == "approve.refused"
