"""A pattern that ends is among what waits for the two whose yes it is: in the one message of their day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.slack.ids import Action
from tests.failures.test_patterned import SETTLED, do, in_force, offered, proposed
from tests.slack_world import CLEO, DAN, EVE, Somebody, World, words
from triage.beforehand import ConfirmPattern
from triage.commands import Approve
from triage.talking import Submit

LAST = date(2027, 3, 10)
SOON, OVER = "to which you said yes, ends after", "to which you said yes, is over"


@pytest.fixture
def settings() -> dict[str, Any]:
    return SETTLED


def by_clock(person: Somebody) -> list[str]:
    return [text for each in person.dm() if "pattern" in (text := words(each))]


def reaches(world: World, day: date) -> None:
    world.passes(days=(day - world.clock.moment().date()).days)


def test_f40_of_two_that_end_each_of_both_has_one_message(world: World) -> None:
    in_force(world, LAST)
    other = offered(world)
    do(world, DAN, Submit, "submit-2", other.case)
    do(world, CLEO, Approve, "approve-2", other.case, reason="Fits.")
    do(world, EVE, ConfirmPattern, "c2", other.case, pattern=proposed(world, other, "p2", last_day=LAST))
    reaches(world, LAST - timedelta(days=28))
    assert [by_clock(world.person(each)) for each in (CLEO, EVE)] == [[], []]
    reaches(world, LAST - timedelta(days=20))
    for user in (CLEO, EVE):
        (message,) = by_clock(world.person(user))
        assert message.count(SOON) == 2
        assert "2 things wait for you" in message
    assert world.trail().count("pattern.expiry_told") == 4
    reaches(world, LAST + timedelta(days=3))
    assert len(by_clock(world.person(CLEO))) == 1
    assert world.trail().count("pattern.over") == 2


def test_f30_it_is_renewed_from_that_message(world: World) -> None:
    thread, cleo = in_force(world, LAST), world.person(CLEO)
    reaches(world, LAST - timedelta(days=20))
    (message,) = [each for each in cleo.dm() if SOON in words(each)]
    assert cleo.hands.clicks("dm", message["ts"], Action.PROPOSE_PATTERN.value)
    world.settle()
    assert "Whoever asks reads this" in cleo.window()
    cleo.hands.closes_view()
    proposed(world, thread, "p2", last_day=LAST + timedelta(days=100))
    do(world, EVE, ConfirmPattern, "c2", thread.case, pattern="p2")
    assert "settled, nothing left for you to do" in by_clock(cleo)[0]


def test_f40_what_ended_with_its_approval_is_told_in_the_morning(world: World) -> None:
    day = world.clock.moment().date()
    in_force(world, LAST, valid_until=day + timedelta(days=10))
    world.passes(days=16)
    for user in (CLEO, EVE):
        (message,) = by_clock(world.person(user))
        assert OVER in message
    assert world.trail().count("pattern.end_told") == 2
