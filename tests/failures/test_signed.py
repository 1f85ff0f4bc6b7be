"""F23 and F24 where several have to say yes: one yes is kept once, and two at once never decide by half of them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import payloads
from bot.slack.ids import Action
from tests.failures.acts import at_once
from tests.slack_world import ANA, CLEO, EVE, HARMLESS, World
from triage.case import DecisionKind

LEARNS = HARMLESS | {"data": "confidential", "train_on_data": "yes"}
"""The risk owner has to say yes, and whoever looks after the supplier."""


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"roles.vendor_manager": [EVE]}


def test_f23_a_yes_that_is_handed_in_twice(world: World) -> None:
    thread, eve = world.person(ANA).asks().submitted(LEARNS), world.person(EVE)
    eve.presses_card(Action.APPROVE)
    eve.hands.fills(reason="Safe.")
    view = world.workspace.views.top(EVE)
    assert view is not None
    with world.workspace.lock:
        body = payloads.submission(world.workspace, view)
    at_once(*[lambda: eve.hands._send("interactive", body)] * 2)
    eve.hands.closes_view()
    world.settle()
    assert [each.kind for each in thread.case.decisions] == [DecisionKind.sign_off]
    assert world.trail().count("case.signed_off") == 1
    assert sum("says yes for vendor manager" in text for text in world.below(world.cards()[0])) == 1


@pytest.mark.parametrize("against", [Action.APPROVE, Action.DECLINE])
def test_f24_two_seats_at_once(world: World, against: Action) -> None:
    """Whoever comes second looks once more: nobody decides on what has changed since they looked."""
    thread = world.person(ANA).asks().submitted(LEARNS)
    eve, cleo = world.person(EVE), world.person(CLEO)
    eve.presses_card(Action.APPROVE)
    eve.hands.fills(reason="Safe.")
    cleo.presses_card(against)
    cleo.hands.fills(reason="I looked at it")
    at_once(eve.hands.submits, cleo.hands.submits)
    world.settle()
    (first,) = thread.case.decisions
    declined = first.kind is DecisionKind.decline
    assert first.kind in (DecisionKind.sign_off, DecisionKind.decline)
    assert thread.case.status == ("declined" if declined else "in_review")
    lost = eve if declined or first.seat == "risk_owner" else cleo
    assert ("has already been" if declined else "changed since you opened it") in lost.window()
    assert world.is_untouched()
