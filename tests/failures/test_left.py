"""An owner left Slack: what was theirs is offered to the manager and in the unit's channel, then to whoever leads."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from bot.demo.player import elements
from bot.slack.ids import Action
from bot.slack.payloads import Who
from intake.answers import answered
from store.employees import Employee
from tests.failures.acts import press_drawn
from tests.failures.test_errands import find, offered
from tests.journeys.test_deadlines import named, until
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, Shown, Somebody, World, words
from tests.slack_world.thread import Thread
from triage.afterwards import Change
from triage.confidences import Confide
from triage.outcome import Refused

SALES = "C0ALL"
CHANNEL: dict[str, Any] = {
    "roles.governance_lead": [CLEO],
    "channels.units": [f"{SALES} Sales"],
}
REPORTS_TO_EVE = (
    Employee(email="ana@example.com", manager="eve@example.com", slack_user=ANA),
    Employee(email="eve@example.com", slack_user=EVE),
)


@pytest.fixture
def settings() -> dict[str, Any]:
    return CHANNEL


def approved(world: World, unit: str = "Sales") -> Thread:
    thread = world.person(ANA).asks().submitted()
    (card,) = [card for card in world.cards(BEN) if str(thread.case.ref) in words(card)]
    assert world.person(BEN).decides(Action.APPROVE, card, reason="Fits.") is None
    ana, front = id_of(world, ANA), world.bot.front
    told = {"unit": answered(unit)}
    on: dict[str, Any] = {"actor": ana, "key": f"unit:{thread.case.id}", "case": thread.case.id}
    with suppress(Refused):  # what they said of one is kept for their next
        front.do(
            Change(**on, answers=told, effect="stands", version=thread.case.version), front.desk(actor=ana)
        )
    return thread


def leaves(world: World, user: str = ANA) -> None:
    world.server.deactivates(user)
    world.settle()
    world.passes(minutes=1)
    world.passes(minutes=1)


def in_channel(world: World) -> list[Shown]:
    seen = world.person(DAN).hands.sees(SALES)
    return [m for m in seen if "answers for" in words(m) or "nobody" in words(m)]


def button(message: Shown, action: Action, number: int = 0) -> Shown:
    found = [e for e in elements(message) if str(e["action_id"]).partition(".")[0] == action.value]
    return found[number]


def presses(person: Somebody, message: Shown, action: Action, number: int = 0) -> bool:
    return press_drawn(person, message, button(message, action, number))


def id_of(world: World, user: str) -> str:
    return world.bot.front.person(Who(TEAM, user))


def test_it_is_offered_to_the_manager_and_in_the_channel_and_then_to_whoever_leads(alone: World) -> None:
    named(alone, *REPORTS_TO_EVE)
    thread = approved(alone)
    leaves(alone)
    until(alone, 8, 10)
    (shown,) = in_channel(alone)
    assert "has no account any more" in words(shown)
    assert "Please take it over by 21 December 2026" in words(shown)
    message, _ = find(alone.person(EVE), Action.TAKE_OVER)
    assert "They reported to you" in words(message)
    assert not offered(alone.person(CLEO), Action.NAME_OWNER)
    until(alone, 22, 10)
    alone.restart()
    alone.passes(minutes=2)
    message, element = find(alone.person(CLEO), Action.NAME_OWNER)
    assert "Nobody took it over by 21 December 2026" in words(message)
    assert len(in_channel(alone)) == 1
    assert press_drawn(alone.person(CLEO), message, element)
    alone.person(CLEO).hands.fills(person=DAN)
    assert alone.person(CLEO).hands.submits() is None
    alone.settle()
    assert thread.case.owner == id_of(alone, ANA), "it counts once they say yes"
    dan = alone.person(DAN)
    message, element = find(dan, Action.ACCEPT_PART)
    assert press_drawn(dan, message, element)
    assert thread.case.owner == id_of(alone, DAN)
    assert not offered(alone.person(CLEO), Action.NAME_OWNER)
    (shown,) = in_channel(alone)
    assert f"<@{DAN}> answers for it now" in words(shown)
    assert alone.differences() == []
    assert alone.refused() == []


def test_of_two_who_take_it_over_one_has_it_and_the_other_reads_who(alone: World) -> None:
    """All of a unit are one message, in which a confidential one does not stand."""
    first, second, third = approved(alone), approved(alone), approved(alone)
    wish = Confide(actor=id_of(alone, ANA), key="close", case=third.case.id)
    alone.bot.front.do(wish, alone.bot.front.desk(actor=id_of(alone, ANA)))
    leaves(alone)
    until(alone, 8, 10)
    (shown,) = in_channel(alone)
    assert "2 AI uses" in words(shown)
    assert str(third.case.ref) not in str(shown)
    assert alone.trail().count("owner.offered") == 2
    dan, eve = alone.person(DAN), alone.person(EVE)
    for person in (dan, eve):
        assert presses(person, shown, Action.TAKE_OVER)
    assert dan.hands.submits() is None
    assert eve.hands.submits() is None
    alone.settle()
    assert {each.case.owner for each in (first, second)} == {id_of(alone, DAN), id_of(alone, ANA)}
    assert f"<@{DAN}> answers for this" in eve.window()
    assert alone.trail().count("owner.taken_over") == 1
    (shown,) = in_channel(alone)
    assert f"<@{DAN}> answers for it now" in words(shown)
    assert str(shown).count("take_over") == 1
    assert alone.differences() == []
    assert alone.refused() == []


@pytest.mark.parametrize("action", [Action.TAKE_OVER, Action.NOT_USED])
def test_a_guest_whom_nobody_has_looked_up_takes_nothing_over(alone: World, action: Action) -> None:
    thread = approved(alone)
    leaves(alone)
    until(alone, 8, 10)
    (shown,) = in_channel(alone)
    with alone.workspace.lock:
        alone.workspace.people[EVE].is_restricted = True
    eve = alone.person(EVE)
    presses(eve, shown, action)
    if eve.hands.view() is not None:
        eve.hands.fills(**({"reason": "Long gone"} if action is Action.NOT_USED else {}))
        eve.hands.submits()
    alone.settle()
    assert thread.case.owner == id_of(alone, ANA)
    assert thread.case.in_use
    assert "owner.taken_over" not in alone.trail()


def test_the_channel_of_a_unit_is_followed_to_its_new_id(alone: World) -> None:
    alone.raises(
        {"type": "channel_id_changed", "old_channel_id": SALES, "new_channel_id": "C0NEW", "event_ts": "1.1"}
    )
    assert alone.bot.front.office.config.channels.units == {"Sales": "C0NEW"}


def test_a_channel_that_others_read_is_told_nothing_of_the_register(alone: World) -> None:
    """Shared with another organisation: it is as if the unit had no channel."""
    front = alone.bot.front
    assert set(front.desk().units) == {"Sales"}
    with alone.workspace.lock:
        alone.workspace.channels[SALES].shared_with = ["T0OTHER"]
    alone.passes(minutes=11)
    assert front.desk().units == {}
