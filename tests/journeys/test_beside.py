"""What was decided before stands on the card and, where this click would differ from it, above the reason."""

from __future__ import annotations

from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, DAN, EVE, HARMLESS, World, words
from triage.case import Status


def test_the_same_answers_as_before_are_told_and_another_decision_is_an_alarm(world: World) -> None:
    world.person(ANA).asks().submitted()
    ben = world.person(BEN)
    assert ben.decides(Action.DECLINE, reason="No <!channel> contract yet") is None
    thread = world.person(DAN).asks().submitted()
    card = world.cards()[-1]
    assert "The same answers as" in words(card)
    assert "(AIU-2026-0001), declined." in words(card)
    eve = world.person(EVE)
    eve.presses_card(Action.APPROVE, card)
    said = eve.window()
    assert "Decided otherwise before, on the same answers" in said
    assert f"(AIU-2026-0001): declined by <@{BEN}>" in said
    assert "contract yet" in said
    assert "<!channel>" not in said
    assert "Please say in your reason what is different here." in said
    assert eve.hands.submits() == {"reason": "Please complete this required field."}
    eve.hands.closes_view()
    eve.presses_card(Action.DECLINE, card)
    assert "Decided otherwise" not in eve.window()
    eve.hands.closes_view()
    assert eve.decides(Action.APPROVE, card, reason="There is a contract now") is None
    assert thread.case.status is Status.approved
    assert "The same answers" not in words(world.cards()[-1]), "it is decided"


def test_what_is_different_is_named(world: World) -> None:
    world.person(ANA).asks().submitted()
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    world.person(DAN).asks().submitted(HARMLESS | {"data": "personal"})
    card = words(world.cards()[-1])
    assert "Nearest to it is" in card
    assert "(AIU-2026-0001), approved. Different here:" in card
    assert "(there: " in card
