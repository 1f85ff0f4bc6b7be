"""Somebody is away: nobody waits for them, their deputy is asked, and the card says so."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.slack.ids import Action
from bot.slack.payloads import Who
from store.employees import Employee
from store.tables import AbsenceRow
from tests.journeys.test_assigning import below, menu
from tests.journeys.test_deadlines import nudges, told, until
from tests.journeys.test_people_file import take_in
from tests.slack_world import ANA, BEN, DAN, EVE, TEAM, World, words


def card(world: World) -> str:
    (only,) = world.cards()
    return words(only)


@pytest.mark.parametrize("door", ["socket", "http"])
def test_a_deputy_is_reminded_instead_and_told_at_the_end(world: World) -> None:
    world.person(ANA).asks().submitted()
    ben, eve = world.person(BEN), world.person(EVE)
    ben.presses_card(Action.TAKE)
    said = ben.steward(f"away until 14 December <@{EVE}|eve>")
    assert "You are away until 14 December 2026." in said
    assert f"<@{EVE}> stands in" in said
    assert "What you have taken stays with you" in said
    assert f"<@{BEN}> (away until 14 December 2026; <@{EVE}> stands in) has had this" in card(world)
    until(world, 8, 13)
    assert told(ben) == []
    (reminder,) = told(eve)
    assert f"<@{BEN}> has it and is away; you stand in." in reminder
    until(world, 9, 9)
    assert nudges(world) == ["case.reminded", "case.escalated"]
    assert f"<@{EVE}> was told, who stands in for <@{BEN}>" in below(world)[-1]
    assert "person.away" in world.trail()


def test_back_again_everything_is_as_before(world: World) -> None:
    world.person(ANA).asks().submitted()
    ben = world.person(BEN)
    ben.presses_card(Action.TAKE)
    ben.steward(f"away until 14 December <@{EVE}>")
    assert "Welcome back" in ben.steward("back")
    assert "away" not in card(world)
    assert "You are not away" in ben.steward("away")
    assert "nothing to end" in ben.steward("back")
    until(world, 8, 13)
    assert len(told(ben)) == 1


def test_an_absence_ends_by_itself(world: World) -> None:
    world.person(BEN).steward("away until tomorrow")
    desk = world.bot.front.desk()
    ben = world.bot.front.person(Who(TEAM, BEN))
    assert desk.away(ben)
    until(world, 9, 9)
    assert not world.bot.front.desk().away(ben)


def test_the_deputy_of_the_people_file_stands_in_where_nobody_else_is_named(world: World) -> None:
    take_in(
        world,
        Employee(email="ben@example.com", deputy="eve@example.com", slack_user=BEN),
        Employee(email="eve@example.com", slack_user=EVE),
    )
    world.passes(minutes=1)
    assert f"<@{EVE}> stands in" in world.person(BEN).steward("away until Friday")


def test_nobody_who_is_away_is_given_a_request(world: World) -> None:
    world.person(ANA).asks().submitted()
    ben, eve = world.person(BEN), world.person(EVE)
    eve.steward("away until Friday")
    menu(ben, Action.PASS_ON)
    assert f"<@{EVE}>" not in ben.window()
    ben.hands.fills(person=EVE)
    problems = ben.hands.submits()
    assert problems is not None
    assert "They are away" in problems["person"]


def test_the_card_says_until_when_somebody_who_could_decide_is_away(world: World) -> None:
    world.person(EVE).steward("away until Friday")
    world.person(ANA).asks().submitted()
    assert f"<@{BEN}> or <@{EVE}>, away until 11 December 2026 (the reviewer) decide" in card(world)


def test_those_who_are_away_are_not_named_below_the_card(world: World) -> None:
    world.person(ANA).asks().submitted()
    world.person(EVE).steward("away until Friday")
    until(world, 8, 13)
    assert f"<@{BEN}> (the reviewer) decides by" in below(world)[-1]
    assert f"<@{EVE}>" not in below(world)[-1]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("away until the cows come home", "could not read the days"),
        ("away until 2026-12-01", "over already"),
        (f"away until Friday <@{BEN}>", "cannot stand in"),
        ("away until Friday <@U0BOT>", "cannot stand in"),
        ("away", "You are not away"),
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_is(world: World, said: str, answer: str) -> None:
    assert answer in world.person(BEN).steward(said)
    assert "person.away" not in world.trail()


def test_the_name_of_a_tool_is_no_absence(world: World) -> None:
    assert "away" not in world.trail()
    assert "You are" not in world.person(BEN).steward("away team planner")


def test_what_was_said_before_stays(world: World) -> None:
    dan = world.person(DAN)
    dan.steward("away until Friday")
    dan.steward("away until 14 December")
    with world.store.read() as session:
        noted = session.exec(select(AbsenceRow.number).order_by(col(AbsenceRow.number))).all()
    assert list(noted) == [1, 2]
