"""Whoever answers for the management system looks at what shows it, from Home, and makes an action of a gap."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.config import change
from bot.slack import covered
from bot.slack.ids import Action, Press, to_value
from bot.slack.payloads import Press as Pressed
from bot.slack.payloads import Who
from bot.slack.pressed import pressed
from store import aims, audit, coverage
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World
from tests.slack_world.people import SETTINGS, TEAM
from triage.aims.entry import Entry


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.governance_lead": [DAN], "roles.auditor": [ANA]}


def opens(world: World, user: str) -> str:
    person = world.person(user)
    person.home()
    assert person.hands.clicks_home(Action.COVERAGE.value)
    world.settle()
    return person.window()


def actions(world: World) -> list[Entry]:
    with world.store.read() as session:
        return aims.of_kind(session, "action")


def gap(world: World, user: str = DAN, number: int = 0) -> None:
    """The first that is shown, and the window in which it becomes an action."""
    opens(world, user)
    assert world.person(user).hands.clicks_view(f"{Action.COVERAGE_POINT.value}.{number}")
    assert world.person(user).hands.clicks_view(Action.GAP_ACTION.value)


def forged(world: World, user: str, action: Action, choice: str) -> None:
    """A button that was never drawn for them."""
    value = to_value(Press("", choice=choice))
    element = {"type": "button", "action_id": action.value, "value": value, "block_id": "b"}
    who = Who(TEAM, user)
    pressed(
        world.bot.front, Pressed(who, action.value, element, f"{user}:{action}", "t", None, None, None, None)
    )
    world.settle()


def in_days(world: World, days: int) -> str:
    return (world.store.now().date() + timedelta(days=days)).isoformat()


def test_gaps_stand_first_and_lead_to_the_point_and_to_the_next_page(world: World) -> None:
    shown = opens(world, DAN)
    assert "0 of 70 in place" in shown
    assert "4.1 Know your organisation and setting" in shown
    hands = world.person(DAN).hands
    assert hands.clicks_view(f"{Action.COVERAGE_PAGE.value}.1")
    assert "6.1.3 AI risk treatment" not in world.person(DAN).window()
    assert hands.clicks_view(f"{Action.COVERAGE_PAGE.value}.0")
    assert hands.clicks_view(f"{Action.COVERAGE_POINT.value}.0")
    assert "What comes next" in world.person(DAN).window()


def test_a_gap_becomes_an_action_with_an_owner_and_stands_there(world: World) -> None:
    gap(world)
    person = world.person(DAN)
    due = in_days(world, 30)
    person.hands.fills(person=CLEO, due=due)
    assert person.hands.submits() is None
    world.settle()
    (action,) = actions(world)
    assert action.ref in person.window()
    cleo = world.bot.front.person(Who(TEAM, CLEO))
    assert (action.owner, action.said("due"), action.said("points")) == (cleo, due, ("4.1",))
    assert action.title == "4.1 Know your organisation and setting"
    with world.store.read() as session:
        line = list(audit.about(session, "aims", action.id))[-1]
        found = coverage.now_covered(session, world.store.now(), "UTC")
    assert line["actor"] == world.bot.front.person(Who(TEAM, DAN))
    assert found is not None
    assert [each.point for each in found if each.actions] == ["4.1"]
    assert found[0].stage == "missing", "what is planned shows nothing"


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"due": -1}, "due", "today or a later day"),
        ({"gap_title": "\u200b"}, "gap_title", "write something"),
        ({"person": BEN}, "person", "somebody of this organisation"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    world: World, given: dict[str, Any], field: str, said: str
) -> None:
    world.workspace.people[BEN].is_restricted = True
    gap(world)
    person = world.person(DAN)
    filled: dict[str, Any] = {"person": CLEO, "due": 30} | given
    person.hands.fills(**(filled | {"due": in_days(world, filled["due"])}))
    problems = person.hands.submits()
    assert problems is not None
    assert said in problems[field]
    assert actions(world) == []


def test_nobody_else_gets_there_and_who_audits_makes_no_action(world: World) -> None:
    for user in (BEN, EVE):
        person = world.person(user)
        person.home()
        assert Action.COVERAGE.value not in str(person.hands.home())
        for action in (Action.COVERAGE, Action.COVERAGE_PAGE, Action.COVERAGE_POINT, Action.GAP_ACTION):
            forged(world, user, action, "4.1")
            assert person.hands.view() is None
    assert "in place" in opens(world, ANA)
    assert world.person(ANA).hands.clicks_view(f"{Action.COVERAGE_POINT.value}.0")
    assert Action.GAP_ACTION.value not in str(world.person(ANA).hands.view())
    forged(world, ANA, Action.GAP_ACTION, "4.1")
    assert actions(world) == []


def test_who_lost_the_role_while_the_window_was_open_makes_none(world: World) -> None:
    gap(world)
    change(world.store, {"roles.governance_lead": [BEN]}, by=None, key="lost", now=world.store.now())
    world.bot.front.office.changed()
    person = world.person(DAN)
    person.hands.fills(person=CLEO, due=in_days(world, 30))
    person.hands.submits()
    world.settle()
    assert actions(world) == []


def test_a_point_that_is_none_is_refused(world: World) -> None:
    forged(world, DAN, Action.COVERAGE_POINT, "99.9")
    assert world.person(DAN).hands.view() is None


def test_the_clock_counts_beforehand_so_that_nobody_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coverage, "AT_ONCE", 1)
    monkeypatch.setattr(coverage, "BEHIND", 0)
    world.person(ANA).asks().submitted()
    assert "being counted" in opens(world, DAN)
    covered.keep(world.bot.front, world.bot.front.desk())
    assert "of 70 in place" in opens(world, DAN)
