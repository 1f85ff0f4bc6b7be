"""Conditions of an approval: ticked where they are usual, written where they are not."""

from __future__ import annotations

from bot.offered import text
from bot.slack.ids import Action
from bot.words import Words
from tests.slack_world import ANA, BEN, DAN, EVE, World, words
from triage.case import Status
from triage.policies import standard_book
from triage.usual import OFFERED
from triage.usualfile import LONGEST_TEXT


def test_each_condition_of_the_library_is_whole_where_it_is_ticked() -> None:
    texts = [text(Words("en", "UTC"), each) for each in standard_book().usual]
    assert max(map(len, texts)) <= LONGEST_TEXT
    assert len(set(texts)) == len(texts) > OFFERED


def test_usual_conditions_are_ticked_and_others_written(world: World) -> None:
    thread, ben = world.person(ANA).asks().submitted(), world.person(BEN)
    ben.presses_card(Action.APPROVE_WITH_CONDITIONS)
    ben.hands.fills(
        common=["told", "pilot"],
        conditions="1. Only in English\nA pilot of three months with at most 20 people",
    )
    assert ben.hands.submits() is None
    world.settle()
    decision = thread.case.decision
    assert decision is not None
    assert decision.conditions == (
        "Those concerned are told beforehand that AI is used",
        "A pilot of three months with at most 20 people",
        "Only in English",
    )
    assert "1. By " in thread.last
    assert [(term.otherwise, bool(term.due)) for term in decision.terms] == [
        ("suspends", True),
        ("", False),
        ("", False),
    ]
    assert "3. Only in English" in words(world.cards()[0])


def test_without_any_it_is_no_approval_with_conditions(world: World) -> None:
    thread, ben = world.person(ANA).asks().submitted(), world.person(BEN)
    ben.presses_card(Action.APPROVE_WITH_CONDITIONS)
    assert "Name at least one condition" in (ben.hands.submits() or {})["conditions"]
    assert thread.case.status is Status.in_review
    ben.hands.closes_view()


def test_those_of_the_same_tool_elsewhere_are_filled_in(world: World) -> None:
    world.person(ANA).asks().submitted()
    ben = world.person(BEN)
    ben.presses_card(Action.APPROVE_WITH_CONDITIONS)
    ben.hands.fills(common=["told"], conditions="Only in English")
    assert ben.hands.submits() is None
    world.settle()
    thread = world.person(DAN).asks().submitted()
    eve = world.person(EVE)
    eve.presses_card(Action.APPROVE_WITH_CONDITIONS)
    assert "These come from AIU-2026-0001" in eve.window()
    assert eve.hands.submits() is None
    world.settle()
    decision = thread.case.decision
    assert decision is not None
    assert decision.conditions == ("Those concerned are told beforehand that AI is used", "Only in English")
