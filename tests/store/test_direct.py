"""What goes to the driver without a detour lies in the database as if SQLAlchemy had written it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import bindparam, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from store.direct import Read, Those, Write
from store.engine import Store
from store.outbox import SAME
from store.owed import STANDS
from store.tables import OutboxRow, metadata
from tests.databases import Clock, Databases

OUTBOX, LINE = metadata.tables["outbox"], metadata.tables["audit_line"]
QUEUED = datetime(2026, 11, 21, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
ROW: dict[str, Any] = {
    "kind": "post",
    "priority": 1,
    "payload": {"say": "ünï", "facts": [1, None, True]},
    "lane": "",
    "queued_at": QUEUED,
    "lease_until": None,
}


def test_values_are_converted_and_defaults_kept(store: Store) -> None:
    with store.write() as session:
        connection = session.connection()
        ids = Write(insert(OUTBOX)).add(connection, ROW), connection.execute(insert(OUTBOX), ROW)
        assert ids[1].inserted_primary_key is not None
        assert ids[1].inserted_primary_key[0] == ids[0] + 1
    with store.read() as session:
        ours, theirs = session.connection().execute(select(OUTBOX).order_by(OUTBOX.c.id)).all()
    assert tuple(ours)[1:] == tuple(theirs)[1:]
    assert (ours.state, ours.queued_at, ours.payload) == ("waiting", QUEUED.astimezone(UTC), ROW["payload"])


def test_it_says_how_many_rows_it_concerned(store: Store) -> None:
    change = Write(update(OUTBOX).where(OUTBOX.c.kind == "post"))
    with store.write() as session:
        connection = session.connection()
        assert change.run(connection, {"priority": 2}) == 0
        Write(insert(OUTBOX)).run(connection, ROW)
        assert change.run(connection, {"priority": 2}) == 1
        assert change.run(connection, {"priority": 3, "problem": "late"}) == 1
        assert connection.execute(select(OUTBOX.c.priority, OUTBOX.c.problem)).one() == (3, "late")


def test_what_is_read_is_converted_as_well(store: Store) -> None:
    wanted = select(OUTBOX.c.queued_at, OUTBOX.c.payload, OUTBOX.c.problem, literal("so")).where(
        OUTBOX.c.kind == bindparam("which"), OUTBOX.c.priority == 1
    )
    ask = Read(wanted)
    with store.write() as session:
        connection = session.connection()
        Write(insert(OUTBOX)).run(connection, ROW)
        rows = ask.all(connection, {"which": "post"})
        assert rows == [(QUEUED.astimezone(UTC), ROW["payload"], None, "so")]
        assert rows == [tuple(row) for row in connection.execute(wanted, {"which": "post"})]
        assert ask.all(connection, {"which": "update"}) == []
        with pytest.raises(ValueError, match="not enough values"):
            ask.one(connection, {"which": "update"})


def test_a_row_knows_its_columns_by_name_and_what_was_told_within_is_seen(store: Store) -> None:
    lines = Read(select(OUTBOX.c.priority, OUTBOX.c.payload).where(OUTBOX.c.kind == bindparam("which")))
    with store.write() as session:
        session.add(OutboxRow(**ROW))  # not flushed yet
        (row,) = lines.within(session, which="post")
        assert (row.priority, row.payload) == (1, ROW["payload"])


def test_lists_of_constants_are_written_out(store: Store) -> None:
    """Moments, which are converted, and an empty one, which nothing is in."""
    near = (QUEUED, QUEUED + timedelta(days=1))
    wanted = select(OUTBOX.c.kind, OUTBOX.c.queued_at).where(
        OUTBOX.c.kind == bindparam("which"), OUTBOX.c.queued_at.in_(near), OUTBOX.c.kind.not_in(())
    )
    nothing = select(OUTBOX.c.kind).where(OUTBOX.c.kind.in_(()), OUTBOX.c.kind == bindparam("which"))
    with store.write() as session:
        Write(insert(OUTBOX)).run(session.connection(), ROW)
        rows = Read(wanted).within(session, which="post")
        assert rows == [("post", QUEUED.astimezone(UTC))]
        assert rows == [tuple(row) for row in session.connection().execute(wanted, {"which": "post"})]
        assert Read(nothing).within(session, which="post") == []


def test_what_is_not_given_is_missed(sqlite_databases: Databases, clock: Clock) -> None:
    store = Store(sqlite_databases.copy(), now=clock)
    lines = Read(select(OUTBOX.c.kind).where(OUTBOX.c.kind == bindparam("which")))
    with store.read() as session, pytest.raises(KeyError, match="which"):
        lines.within(session)
    store.close()


def test_a_few_are_found_by_their_ids(store: Store) -> None:
    those = Those(lambda ids: select(OUTBOX.c.lane).where(OUTBOX.c.lane.in_(ids)))
    with store.write() as session:
        for lane in ("a", "b", "c"):
            Write(insert(OUTBOX)).run(session.connection(), ROW | {"lane": lane})
        for wanted in (["b"], ["a", "c"], ["c"], ["a", "gone"]):
            assert {row.lane for row in those.within(session, wanted)} == {*wanted} - {"gone"}


def test_its_errors_are_those_of_sqlalchemy_and_hold_no_words(store: Store) -> None:
    line = {"seq": 7, "sealed": "what somebody wrote", "previous": "0", "digest": "1"}

    def twice() -> None:
        with store.write() as session:
            Write(insert(LINE)).run(session.connection(), line)
            Write(insert(LINE)).run(session.connection(), line)

    with pytest.raises(IntegrityError) as found:
        twice()
    assert "somebody" not in str(found.value.with_traceback(None)).split("DETAIL")[0]
    with store.read() as session:
        assert session.connection().execute(select(LINE)).all() == []


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="without a time zone"), store.write() as session:
        Write(insert(OUTBOX)).run(session.connection(), ROW | {"queued_at": QUEUED.replace(tzinfo=None)})


def test_what_bears_a_name_is_looked_for_by_its_name(sqlite_databases: Databases, clock: Clock) -> None:
    """However much waits: SQLite would rather read all of one state."""
    store = Store(sqlite_databases.copy(), now=clock)
    with closing(store), store.read() as session:
        connection = session.connection()
        for query in (STANDS.statement, SAME):
            text = query.compile(dialect=connection.dialect)
            places = tuple("" for _ in text.positiontup or ())
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", places).all()
            assert "ix_outbox_coalesce" in str(plan)
            assert "ix_outbox_state" not in str(plan)
