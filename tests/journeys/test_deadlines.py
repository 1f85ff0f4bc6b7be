"""Deadlines on the workspace's clock: reminded at half, told at the end, once, in working hours, and never in vain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.slack.ids import Action
from store.employees import Employee
from store.tables import DueRow
from tests.databases import Databases
from tests.journeys.test_assigning import below
from tests.journeys.test_people_file import take_in
from tests.slack_world import ANA, BEN, DAN, EVE, HARMLESS, Somebody, World, words

BERLIN = ZoneInfo("Europe/Berlin")


def until(world: World, day: int, hour: int, minute: int = 1, month: int = 12, year: int = 2026) -> None:
    """Time goes by until then in Berlin; the story begins on Monday, the 7th of December, at nine."""
    then = datetime(year, month, day, hour, minute, tzinfo=BERLIN).timestamp()
    world.passes(seconds=then - world.clock.now())


def told(person: Somebody) -> list[str]:
    """What Steward wrote to somebody about deadlines."""
    return [text for text in map(words, person.dm()) if "deadlines" in text]


def nudges(world: World) -> list[str]:
    wanted = {"case.reminded", "case.escalated", "case.vacated"}
    return [what for what in world.trail() if what in wanted]


def named(world: World, *rows: Employee) -> None:
    take_in(world, *rows)
    world.passes(minutes=1)


BEN_REPORTS_TO_DAN = (
    Employee(email="ben@example.com", manager="dan@example.com", deputy="eve@example.com", slack_user=BEN),
    Employee(email="dan@example.com", slack_user=DAN),
    Employee(email="eve@example.com", slack_user=EVE),
)


@pytest.mark.parametrize("door", ["socket", "http"])
def test_whoever_has_it_is_reminded_at_half_and_their_manager_told_at_the_end(world: World) -> None:
    """Low risk: one working day, so it is due on Tuesday at five, and half of that is left at one."""
    named(world, *BEN_REPORTS_TO_DAN)
    thread, ben, dan = world.person(ANA).asks().submitted(), world.person(BEN), world.person(DAN)
    ben.presses_card(Action.TAKE)
    until(world, 8, 12)
    assert told(ben) == []
    until(world, 8, 13)
    (reminder,) = told(ben)
    assert "AIU-2026-0001" in reminder
    assert "please decide by" in reminder
    assert nudges(world) == ["case.reminded"]
    until(world, 8, 18)
    assert told(dan) == [], "nobody is written to after hours"
    until(world, 9, 9)
    (escalated,) = told(dan)
    assert f"<@{BEN}>, who reports to you, has it" in escalated
    assert "Otter" not in escalated, "a manager who decides nothing reads no more than its number"
    assert f"<@{DAN}> was told, as <@{BEN}>'s manager" in below(world)[-1]
    until(world, 14, 12)
    assert nudges(world) == ["case.reminded", "case.escalated"]
    assert len(told(ben)) == 1
    assert len(told(dan)) == 1
    assert thread.case.assignments[-1].kind == "taken"


def test_where_nobody_has_it_those_who_decide_are_reminded_below_the_card(world: World) -> None:
    world.person(ANA).asks().submitted()
    until(world, 8, 13)
    note = below(world)[-1]
    assert "(the reviewer) decides by" in note
    assert all(f"<@{user}>" in note for user in (BEN, EVE))
    until(world, 9, 9)
    assert "nobody else is named who could be told" in below(world)[-1]
    assert nudges(world) == ["case.reminded", "case.escalated"]


@pytest.fixture
def led(sqlite_databases: Databases) -> Iterator[World]:
    """With somebody who leads."""
    world = World(sqlite_databases.copy(), settings={"roles.governance_lead": [DAN]})
    try:
        yield world.open()
        assert world.refused() == []
        assert world.is_untouched()
        assert world.differences() == []
    finally:
        world.close()


def test_without_a_manager_the_lead_is_told(led: World) -> None:
    led.person(ANA).asks().submitted()
    until(led, 9, 9)
    (escalated,) = told(led.person(DAN))
    assert "nobody has taken it" in escalated
    assert "/steward show AIU-2026-0001" in escalated
    assert f"<@{DAN}> was told, as governance lead" in below(led)[-1]


def test_who_asked_for_it_is_not_told_to_see_to_it(led: World) -> None:
    led.person(DAN).asks().submitted()
    until(led, 9, 9)
    assert told(led.person(DAN)) == []
    assert "nobody else is named" in below(led)[-1]


def test_after_three_days_of_standing_still_each_is_told_once_and_of_all_at_once(led: World) -> None:
    """Nobody is reminded of what is overdue already, and no name stands in each of many threads."""
    for _ in range(4):
        led.person(ANA).asks("I'd like to use Otter.ai for our meetings").submitted()
    led.stop_bot()
    led.clock.move(3 * 24 * 3600)
    led.start_bot()
    led.passes(minutes=2)
    (escalated,) = told(led.person(DAN))
    assert escalated.count("was due") == 4
    assert nudges(led) == ["case.escalated"] * 4
    notes = [led.below(card)[-1] for card in led.cards()]
    assert sum(f"<@{DAN}>" in note for note in notes) == 1
    assert sum("the governance lead was told" in note.lower() for note in notes) == 3


def test_one_message_a_day_has_all_of_that_day(world: World) -> None:
    """One is to be reminded of at nine, the other at one in the afternoon."""
    medium = world.person(ANA).asks()
    medium.chooses(Action.MORE, Action.START_BLANK.value)
    medium.answers(HARMLESS | {"output_use": "1", "data": "internal, confidential"})
    medium.presses(Action.SUBMIT)
    ben = world.person(BEN)
    ben.presses_card(Action.TAKE)
    until(world, 8, 10)
    world.person(ANA).asks("I'd like to use Otter.ai for our other meetings").submitted()
    ben.presses_card(Action.TAKE)
    until(world, 9, 9)
    (reminder,) = told(ben)
    assert "AIU-2026-0001" in reminder
    assert "AIU-2026-0002" in reminder
    until(world, 9, 13)
    assert len(told(ben)) == 1
    assert nudges(world) == ["case.reminded", "case.reminded"]


def test_while_the_requester_is_asked_nobody_is_reminded(world: World) -> None:
    thread, ben = world.person(ANA).asks().submitted(), world.person(BEN)
    ben.presses_card(Action.TAKE)
    assert ben.decides(Action.ASK, question="Who listens?") is None
    until(world, 10, 12)
    assert nudges(world) == []
    thread.types("Only my team")
    due = thread.case.due_at
    assert due is not None
    assert due.astimezone(BERLIN).day == 11
    until(world, 11, 13)
    assert nudges(world) == ["case.reminded"]
    until(world, 14, 9)
    assert nudges(world) == ["case.reminded", "case.escalated"]


def test_a_deactivated_reviewer_is_replaced_at_once(world: World) -> None:
    named(world, *BEN_REPORTS_TO_DAN)
    world.person(ANA).asks().submitted()
    ben, eve = world.person(BEN), world.person(EVE)
    ben.presses_card(Action.TAKE)
    until(world, 7, 20)
    world.server.deactivates(BEN)
    world.settle()
    world.passes(minutes=1)
    assert f"<@{BEN}> has no account any more, so nobody has this." in below(world)[-1]
    assert f"<@{EVE}> was told, as deputy" in below(world)[-1]
    (word,) = told(eve)
    assert "You stand in." in word
    (card,) = world.cards(EVE)
    assert "has had this" not in str(card)
    assert nudges(world) == ["case.vacated"]
    world.server.deactivates(BEN)
    world.passes(minutes=2)
    assert nudges(world) == ["case.vacated"], "his profile may change again"


def test_rows_follow_the_case(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    with world.store.read() as session:
        rows = {row.kind: row for row in session.exec(select(DueRow))}
    assert rows.keys() - {"draft:silence"} == {"reminder", "escalation"}
    assert rows["escalation"].due_at == thread.case.due_at
    assert {row.state for row in rows.values()} == {"waiting"}


def test_requests_of_an_earlier_version_are_taken_up(world: World) -> None:
    world.person(ANA).asks().submitted()
    with world.store.write() as session:
        for row in session.exec(select(DueRow)):
            session.delete(row)
    until(world, 8, 13)
    until(world, 9, 9)
    assert nudges(world)[-1] == "case.escalated"
