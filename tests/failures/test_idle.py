"""What a look of the clock costs while nothing is due: counted, since time says something else on each machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from bot.slack.front import Front
from store.tables import DueRow
from tests.slack_world import ANA, World
from triage.desk import Desk

STATEMENTS = 73
"""Of all jobs together; each row of the register that one of them would look at comes on top."""
JOBS_WITH_A_DESK = 4
STAFF = "DISTINCT assignment.person_id"
"""Stands in what reads everybody who was given something, and in nothing else."""


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """What the bot's database is asked and told meanwhile; also what goes past SQLAlchemy."""
    said: list[str] = []
    engine = world.bot.office.store.engine

    def listen(connection: Any, *_: Any) -> None:
        connection.set_trace_callback(said.append)

    event.listen(engine, "checkout", listen)
    try:
        yield said
    finally:
        event.remove(engine, "checkout", listen)
        engine.dispose()  # a connection that is kept would go on telling


@pytest.fixture
def desks(monkeypatch: pytest.MonkeyPatch) -> list[Desk]:
    made: list[Desk] = []
    real = Front.desk

    def desk(front: Front, **how: Any) -> Desk:
        made.append(real(front, **how))
        return made[-1]

    monkeypatch.setattr(Front, "desk", desk)
    return made


def looks(world: World) -> list[str]:
    """All jobs of the worker, once, and what they asked of the database."""
    world.clock.move(60)
    with statements(world) as said:
        for job in world.bot.clock.jobs:
            job.do()
    return [each for each in said if each.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]


def test_f40_a_look_in_vain_costs_a_bounded_number_of_statements(alone: World, desks: list[Desk]) -> None:
    for _ in range(3):
        alone.person(ANA).asks().submitted()
    alone.passes(minutes=30)
    desks.clear()
    said = looks(alone)
    assert len(desks) == JOBS_WITH_A_DESK, "one for each job that needs one, however much it looks at"
    assert sum(STAFF in each for each in said) == 1
    assert 0 < len(said) <= STATEMENTS
    assert not [each for each in said if each.startswith(("INSERT", "UPDATE"))]


def test_f40_what_fell_due_reads_whose_it_is_and_not_everybody_again(alone: World) -> None:
    alone.person(ANA).asks().submitted()
    alone.passes(minutes=30)
    with alone.store.write() as session:
        for row in session.exec(select(DueRow)):
            row.due_at = alone.clock.moment()
    assert sum(STAFF in each for each in looks(alone)) == 1
