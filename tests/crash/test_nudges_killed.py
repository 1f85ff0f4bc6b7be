"""A real process, killed while something falls due: it is told once, and nothing of it is lost."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from store import employees
from store.employees import Employee
from tests.crash.conftest import Doomed
from tests.slack_world import ANA, BEN, EVE, World, words

ROWS = (
    Employee(email="ben@example.com", deputy="eve@example.com", slack_user=BEN),
    Employee(email="eve@example.com", slack_user=EVE),
)


@pytest.mark.parametrize("point", ["while it falls due", "between commit and send", "between send and mark"])
def test_killed_while_a_vacancy_is_told(world: World, doomed: Doomed, point: str) -> None:
    """A vacancy waits for no working hours, and the process that dies lives in real time."""
    with world.store.write() as session:
        employees.take(session, employees.compared(session, ROWS), whole=True, now=world.store.now())
    world.passes(minutes=1)
    world.person(ANA).asks().submitted()
    world.person(BEN).presses_card(Action.TAKE)
    doomed.start(point)
    doomed.arm()
    world.server.deactivates(BEN)
    doomed.dies()
    world.passes(minutes=2)
    assert world.trail().count("case.vacated") == 1
    (card,) = world.cards(EVE)
    assert sum("has no account any more" in note for note in world.below(card, EVE)) == 1
    assert sum("You stand in." in words(message) for message in world.person(EVE).dm()) == 1
    assert "has had this" not in words(card)
