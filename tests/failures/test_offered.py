"""What a unit says about an older message of what an inventory names: it is answered with what stands now."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.ids import Action
from intake.answers import answered
from store.offers import look_through
from store.records import load
from tests.builders import LOW, key
from tests.failures.acts import press_drawn
from tests.failures.test_left import SALES, button
from tests.journeys.test_deadlines import until
from tests.slack_world import CARDS, CLEO, DAN, Shown, World, words
from triage.commands import Disclose

LAW, USE = CARDS, f"{1:032x}"


@pytest.fixture
def settings() -> dict[str, Any]:
    units = [f"{SALES} Sales", f"{LAW} Law"]
    return {"roles.governance_lead": [CLEO], "channels.units": units}


def names(world: World, unit: str) -> None:
    """An inventory says whose it is."""
    front = world.bot.front
    row: dict[str, Any] = {"source_map": "m", "source_id": "1", "title": "Scribe", "unit": unit}
    answers = LOW | {"unit": answered(unit)}
    front.do(Disclose(actor="", key=key(), case=USE, **row, answers=answers), front.desk())
    with world.store.write() as session:
        look_through(session, front.office.now())


def unit(world: World) -> str:
    with world.store.read() as session:
        case = load(session, USE)
    assert case is not None
    return case.unit or ""


def asked(world: World, channel: str) -> list[Shown]:
    return [m for m in world.person(DAN).hands.sees(channel) if "Scribe" in words(m)]


def denies(world: World, message: Shown) -> None:
    assert press_drawn(world.person(DAN), message, button(message, Action.NOT_OURS))
    world.settle()


def test_f17_another_units_answer_on_an_older_message_denies_nothing(alone: World) -> None:
    names(alone, "Sales")
    until(alone, 8, 12)
    (older,) = asked(alone, SALES)
    names(alone, "Law")
    denies(alone, older)
    assert unit(alone) == "Law"
    assert "the unit that stands there now is Law" in alone.person(DAN).told()
    until(alone, 16, 12)
    (newest,) = asked(alone, LAW)
    denies(alone, older)
    assert unit(alone) == "Law"
    denies(alone, newest)
    assert unit(alone) == ""
    assert alone.trail().count("unit.denied") == 1


def test_f17_what_went_elsewhere_and_came_back_is_denied_on_its_newest_message_alone(alone: World) -> None:
    names(alone, "Sales")
    until(alone, 8, 12)
    (older,) = asked(alone, SALES)
    for number, where in enumerate(("Law", "Sales"), 1):
        names(alone, where)
        until(alone, 8 + 8 * number, 12)
    assert unit(alone) == "Sales"
    denies(alone, older)
    assert unit(alone) == "Sales"
    newest = asked(alone, SALES)[-1]
    assert newest["ts"] != older["ts"]
    denies(alone, newest)
    assert unit(alone) == ""
