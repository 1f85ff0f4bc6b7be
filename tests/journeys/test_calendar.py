"""A certificate is planned in Slack, the calendar counts back from it, and whoever answers for what is late hears."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from bot.slack.ids import Press as Carried
from store.audit import records
from tests.journeys.test_coverage import in_days
from tests.journeys.test_system import SAID, by_hand, entries, fills, gives, press, states
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World

CALENDAR = Action.AGENDA.value
PLAN = {"norm": "ISO/IEC 42001", "covers": "All our AI"}


@pytest.fixture(autouse=True)
def _who(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO, DAN], auditor=[BEN], risk_owner=[CLEO])


def opens_calendar(world: World, user: str) -> str:
    person = world.person(user)
    while person.hands.view() is not None:
        person.hands.closes_view()
    person.home()
    assert person.hands.clicks_home(CALENDAR)
    world.settle()
    return person.window()


def plans(world: World, days: int = 200, **said: str) -> None:
    opens_calendar(world, DAN)
    press(world, DAN, Action.STATE_ENTRY, "certification")
    assert fills(world, DAN, **PLAN, wished=in_days(world, days), **said) is None


def says_yes(world: World, user: str = CLEO) -> None:
    opens_calendar(world, user)
    world.person(user).hands.closes_view()
    world.person(user).steward("setup")
    press(world, user, Action.LOOK_ENTRIES)
    world.person(user).submits()
    world.settle()


def test_it_is_planned_from_the_calendar_and_counts_once_somebody_else_says_yes(world: World) -> None:
    assert "No certification is planned" in opens_calendar(world, DAN)
    plans(world)
    assert "waits for a yes" in world.person(DAN).window()
    assert "Stage 1" not in opens_calendar(world, BEN)
    says_yes(world)
    shown = opens_calendar(world, BEN)
    assert "Stage 1" in shown
    assert "of 11 ready for it" in shown
    assert "Scope approved" in shown


def test_what_the_record_shows_goes_from_the_calendar_without_a_tick(world: World) -> None:
    plans(world)
    says_yes(world)
    assert "Scope approved" in opens_calendar(world, BEN)
    world.person(DAN).hands.closes_view()
    assert states(world, DAN, "scope", **SAID["scope"]) is None
    assert "Scope approved" in opens_calendar(world, BEN), "a draft shows nothing"
    says_yes(world)
    assert "Scope approved" not in opens_calendar(world, BEN)


def test_whoever_answers_for_what_nothing_shows_hears_of_it(world: World) -> None:
    plans(world, 160)
    says_yes(world)
    world.passes(days=4)
    with world.store.read() as session:
        told = [line.detail["errand"] for line in records(session) if line.what == "aims.reminded"]
    assert any(str(each).startswith("milestone:scope_approved") for each in told)


def test_a_draft_stands_in_the_calendar_of_who_may_read_it_alone(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO], risk_owner=[EVE])
    plans(world)
    assert "Waits for a yes" in opens_calendar(world, CLEO)
    assert "Waits for a yes" not in opens_calendar(world, EVE)


def test_who_has_no_part_in_governance_sees_no_calendar(world: World) -> None:
    person = world.person(ANA)
    person.home()
    assert CALENDAR not in str(person.hands.home())
    for action in (Action.AGENDA, Action.AGENDA_PAGE):
        by_hand(world, ANA, action, Carried(case=""))
        assert person.hands.view() is None
    assert entries(world) == []
