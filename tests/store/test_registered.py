"""Every judged use with its facts, whatever order the database sorts in and whatever somebody put into its cells."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import event

from store.engine import Store
from store.ledger import Ledger
from store.registered import count, registered
from store.tables import PersonRow, PlaceRow, UseRow
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, DM, GOVERNANCE, LOW, NOW, a_desk, key
from triage.case import Status
from triage.talking import Begin, Fill, Submit

IDS = ("B-use", "a-use", "a_use", "b-use", "\u00e9-use", "Z-use")


@pytest.fixture
def register(store: Store) -> Store:
    with store.write() as session:
        session.add(PersonRow(id=ANA, team="T", slack_user="UANA", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
    book = Ledger(store)
    for case in IDS:
        on: dict[str, Any] = {"actor": ANA, "case": case}
        book.execute(Begin(**on, key=key(), words=f"We want {case}", place=DM, root=case), a_desk())
        book.execute(Fill(**on, key=key(), answers=LOW), a_desk())
        book.execute(Submit(**on, key=key()), a_desk())
    return store


def test_every_use_has_its_facts_in_any_order_of_letters(register: Store) -> None:
    with register.read() as session:
        uses = list(registered(session))
        assert count(session) == len(IDS)
    assert len(uses) == len(IDS)
    assert all(use.answers["data"] == LOW["data"] for use in uses)


def test_uses_in_some_status_can_be_left_out_and_are_not_counted(register: Store) -> None:
    """What the facts of the others are laid beside is not shifted by it."""
    with register.write() as session:
        session.get_one(UseRow, "a_use").state = "retired"
    with register.read() as session:
        uses = list(registered(session, without={Status.retired}))
        assert count(session, without={Status.retired}) == len(uses) == len(IDS) - 1
        assert Status.retired not in {use.status for use in uses}
        assert all(use.answers["data"] == LOW["data"] for use in uses)
        assert count(session, without=list(Status)) == 0


@pytest.mark.postgres
@pytest.mark.parametrize("databases", ["postgres"], indirect=True)
def test_uses_and_facts_come_in_one_order_whatever_language_a_database_sorts_by(register: Store) -> None:
    """The server of the tests knows no language that sorts otherwise, so what it is asked for is looked at."""
    asked: list[str] = []
    event.listen(register.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with register.read() as session:
        list(registered(session))
    orders = [order for sentence in asked for order in re.findall(r"ORDER BY (\S+ COLLATE \S+)", sentence)]
    assert sorted(order.rstrip(",") for order in orders) == [
        'answer_set.subject_id COLLATE "C"',
        'use.id COLLATE "C"',
    ]


@pytest.mark.parametrize(
    "change",
    [
        "result SET verdict = '[1]' WHERE subject_id = 'a-use'",
        "result SET verdict = '{\"stated\": 3}' WHERE subject_id = 'a-use'",
        "fact SET value = '3' WHERE question = 'data' AND answer_set_id IN "
        "(SELECT id FROM answer_set WHERE subject_id = 'a-use')",
        "fact SET value = '\"internal\"' WHERE question = 'data' AND answer_set_id IN "
        "(SELECT id FROM answer_set WHERE subject_id = 'a-use')",
    ],
)
def test_a_use_that_cannot_be_read_is_left_out_and_told(register: Store, change: str) -> None:
    _left_out(register, change)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "change",
    [
        "result SET verdict = 'x' WHERE subject_id = 'a-use'",
        "result SET verdict = CAST(X'ff' AS TEXT) WHERE subject_id = 'a-use'",
        "fact SET value = '[' WHERE question = 'data' AND answer_set_id IN "
        "(SELECT id FROM answer_set WHERE subject_id = 'a-use')",
    ],
)
def test_so_is_one_whose_cells_are_no_json(register: Store, change: str) -> None:
    """PostgreSQL takes none of these."""
    _left_out(register, change)


def _left_out(store: Store, change: str) -> None:
    tamper(store, f"UPDATE {change}")
    told: list[str] = []
    with store.read() as session:
        (ref,) = session.connection().exec_driver_sql("SELECT ref FROM use WHERE id = 'a-use'").one()
        uses = list(registered(session, unreadable=told.append))
        assert list(registered(session)) == uses
    assert told == [ref]
    assert len(uses) == len(IDS) - 1
    assert ref not in {use.name for use in uses}
