"""Whose working days count, in Slack: people of the file are found, and the card says by when they decide."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.config import change
from bot.slack.ids import Action
from bot.slack.payloads import Who
from intake.answers import answered
from store import employees
from store.employees import Employee
from store.tables import EmployeeRow
from tests.journeys.test_assigning import menu
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, SCOPES, TEAM, World, words
from triage.case import Source
from triage.talking import Fill

ROWS = (
    Employee(email="ben@example.com", manager="dan@example.com", country="US", deputy="eve@example.com"),
    Employee(email="dan@example.com"),
    Employee(email="eve@example.com", country="FR"),
    Employee(email="cleo@example.com", manager="nobody@example.com"),
    Employee(email="nobody@example.com"),
)


def take_in(world: World, *rows: Employee) -> None:
    with world.store.write() as session:
        employees.take(session, employees.compared(session, rows), whole=True, now=world.store.now())


def tied(world: World) -> dict[str, str]:
    with world.store.read() as session:
        return {email: row.slack_user for email, row in employees.tied(session).items()}


def test_people_are_found_by_their_address_with_the_scope_for_it(world: World) -> None:
    world.workspace.scopes = {*SCOPES, "users:read.email"}
    take_in(world, *ROWS)
    world.passes(minutes=1)
    found = {"ben@example.com": BEN, "dan@example.com": DAN, "eve@example.com": EVE, "cleo@example.com": CLEO}
    assert tied(world) == found
    assert {r["error"] for r in world.server.refusals} == {"users_not_found"}
    world.server.refusals.clear()
    world.passes(minutes=2)
    assert world.server.refusals == [], "nobody is asked for at every tick whom Slack does not know"


def test_without_it_they_are_found_by_the_id_in_the_file(world: World) -> None:
    take_in(
        world, ROWS[0].model_copy(update={"slack_user": BEN}), ROWS[1].model_copy(update={"slack_user": DAN})
    )
    world.passes(minutes=1)
    assert tied(world) == {"ben@example.com": BEN, "dan@example.com": DAN}
    assert world.server.refusals == []


def test_without_either_nobody_is_and_everything_goes_on(world: World) -> None:
    take_in(world, *ROWS)
    world.passes(minutes=1)
    assert tied(world) == {}
    assert world.person(ANA).asks().submitted().case.due_at is not None


def test_a_file_that_says_somebody_else_unties_them(world: World) -> None:
    take_in(world, ROWS[0].model_copy(update={"slack_user": BEN}))
    world.passes(minutes=1)
    take_in(world, ROWS[0].model_copy(update={"slack_user": EVE}))
    with world.store.read() as session:
        assert session.exec(select(EmployeeRow.person_id)).one() is None


def test_who_takes_it_decides_in_their_own_working_days(world: World) -> None:
    """The day closes later where Ben works, and what the requester was told moves with it."""
    take_in(world, ROWS[0].model_copy(update={"slack_user": BEN}))
    world.workspace.person(BEN).tz = "America/New_York"
    ben = world.bot.front.person(Who(TEAM, BEN))
    world.passes(minutes=1)
    thread = world.person(ANA).asks().submitted()
    promised = thread.case.due_at
    assert promised is not None
    world.person(EVE).presses_card(Action.TAKE)
    assert thread.case.due_at == promised
    menu(world.person(BEN), Action.TAKE)
    moved = thread.case.due_at
    assert moved is not None
    assert moved > promised
    assert world.bot.front.desk().calendar(ben).country == "US"
    (card,) = world.cards()
    assert f"<@{BEN}> has had this" in words(card)


@pytest.mark.parametrize(
    ("units", "theirs", "under"),
    [
        (["Sales", "People"], "people", "People"),
        ([], "Legal", "Legal"),
        (["Sales", "People"], "Legal", ""),
        (["Sales"], "Legal", "Sales"),
    ],
)
def test_whoever_asks_for_the_first_time_asks_for_their_unit(
    world: World, units: list[str], theirs: str, under: str
) -> None:
    """Nobody was looked up in Slack: the file has their id, and nobody types what it says."""
    change(world.store, {"organisation.units": units}, by=None, key="units", now=world.store.now())
    world.bot.front.office.changed()
    take_in(world, Employee(email="ana@example.com", unit=theirs, slack_user=ANA))
    case = world.person(ANA).asks().submitted().case
    assert case.unit == under
    assert not under or case.facts["unit"].source is Source.organisation


def test_what_somebody_named_last_comes_before_what_the_file_says(world: World) -> None:
    take_in(world, Employee(email="ana@example.com", unit="Sales", slack_user=ANA))
    ana = world.person(ANA)
    thread = ana.asks()
    asked, front = thread.case, world.bot.front
    front.do(Fill(actor=asked.requester, key="k", case=asked.id, answers={"unit": answered("People")}))
    world.settle()
    assert thread.submitted().case.unit == "People"
    assert ana.asks("We want Grammarly, too").submitted().case.unit == "People"
