"""The door: who waits for whom, what is refused, and what is said when there is no database."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import Session, col, select

from store import engine
from store.columns import Day, Json, Moment
from store.engine import WRITERS, Store
from store.errors import Absent, Locked
from store.migrate import migrate
from store.refs import next_ref
from store.tables import DueRow, PersonRow, SettingRow, UseRow
from tests.databases import Clock, Databases

AS_IN_LIFE = engine.PRAGMAS
"""Before tests/databases.py lightens them."""


def a_person(id: str, at: datetime) -> PersonRow:
    return PersonRow(id=id, team="T", slack_user=id, updated_at=at)


def people(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.exec(select(PersonRow.id).order_by(col(PersonRow.id))))


def test_what_is_written_is_read(store: Store) -> None:
    with store.write() as session:
        session.add(a_person("P1", store.now()))
    assert people(store) == ["P1"]


def test_an_exception_undoes_everything(store: Store) -> None:
    with pytest.raises(LookupError), store.write() as session:
        add_then_fail(session, store.now())
    assert people(store) == []


def add_then_fail(session: Session, now: datetime) -> None:
    session.add(a_person("P1", now))
    session.flush()
    raise LookupError


def test_a_read_really_refuses_writes(store: Store) -> None:
    sentence = text("INSERT INTO lease (name, holder, until) VALUES ('a', 'b', '2026-01-01T00:00:00Z')")
    with pytest.raises(DBAPIError, match="read"), store.read() as session:
        session.connection().execute(sentence)
    with store.write() as session:
        session.connection().execute(sentence)


def test_readers_see_the_moment_before_and_do_not_wait(store: Store) -> None:
    with store.write() as session:
        session.add(a_person("P1", store.now()))
        session.flush()
        assert people(store) == []  # with the write still open: neither blocked nor half told
    assert people(store) == ["P1"]


def test_a_snapshot_stays_what_it_was(store: Store) -> None:
    with store.read() as session:
        before = session.exec(select(PersonRow.id)).all()
        with store.write() as other:
            other.add(a_person("P1", store.now()))
        assert session.exec(select(PersonRow.id)).all() == before == []


def test_what_a_write_reads_is_still_true_at_its_end(database_url: str, clock: Clock) -> None:
    """Read, then write what was read plus one, from several threads and two stores."""
    stores = [Store(database_url, now=clock, patience=30) for _ in range(2)]
    refs: list[str] = []

    def draw(store: Store) -> None:
        for _ in range(10):
            with store.write() as session:
                refs.append(next_ref(session, "AIU", 2026))

    threads = [threading.Thread(target=draw, args=(store,)) for store in stores * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(refs) == [f"AIU-2026-{number:04d}" for number in range(1, 41)]
    for store in stores:
        store.close()


def test_a_write_inside_a_write_is_a_bug_and_said_so(store: Store) -> None:
    with store.write(), pytest.raises(RuntimeError, match="inside a write"), store.write():
        pass


def test_a_writer_who_waits_too_long_is_told(database_url: str, clock: Clock) -> None:
    with _store(database_url, clock) as first, _store(database_url, clock, patience=0.1) as second:
        with first.write() as session:
            session.add(a_person("P1", clock()))
            errors = in_thread(lambda: second.write().__enter__())
        assert isinstance(errors, Locked)
        assert "Nothing of this attempt was stored" in str(errors)
        assert "Try again" in str(errors)
        with second.write() as session:
            session.add(a_person("P2", clock()))
        assert people(first) == ["P1", "P2"]


def in_thread(deed: Any) -> BaseException | None:
    caught: list[BaseException] = []

    def run() -> None:
        try:
            deed()
        except BaseException as error:
            caught.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return caught[0] if caught else None


@contextmanager
def _store(url: str, clock: Clock, patience: float = 2.0) -> Iterator[Store]:
    store = Store(url, now=clock, patience=patience)
    try:
        yield store
    finally:
        store.close()


def test_a_file_locked_by_another_program_is_told(sqlite_databases: Databases, clock: Clock) -> None:
    url = sqlite_databases.copy()
    with (
        _store(url, clock, patience=0.05) as store,
        closing(sqlite3.connect(str(store.url.database), isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked), store.write():
            pass
        store.ping()
        other.execute("ROLLBACK")
        with store.write() as session:
            session.add(a_person("P1", clock()))


@pytest.mark.postgres
def test_a_writer_of_another_process_is_waited_for_and_told(
    postgres_databases: Databases, clock: Clock
) -> None:
    url = postgres_databases.copy()
    with _store(url, clock, patience=0.1) as store, store.engine.connect() as other:
        other.execute(text("SELECT pg_advisory_lock(:key)"), {"key": WRITERS})
        with pytest.raises(Locked), store.write():
            pass
        store.ping()
        other.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": WRITERS})
        other.commit()
        with store.write() as session:
            session.add(a_person("P1", clock()))
        assert people(store) == ["P1"]


def test_an_absent_file_is_not_made_by_looking(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "nowhere" / "steward.db"
    with _store(f"sqlite:///{path}", clock) as store:
        with pytest.raises(Absent, match="steward migrate"):
            store.ping()
        with pytest.raises(Absent), store.write():
            pass
    assert not path.exists()


def test_what_is_no_database_is_told(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "steward.db"
    path.write_bytes(b"not a database" * 100)
    with _store(f"sqlite:///{path}", clock) as store, pytest.raises(Absent, match="not a database"):
        store.ping()


def test_a_server_that_does_not_answer_is_told_without_its_password(clock: Clock) -> None:
    with (
        _store("postgres://ana:secret@localhost:1/steward", clock) as store,
        pytest.raises(Absent, match="cannot be opened") as told,
    ):
        store.ping()
    assert "secret" not in str(told.value)
    assert "localhost:1/steward" in str(told.value)


def test_a_database_without_tables_is_told(databases: Databases, clock: Clock) -> None:
    url = databases.empty()
    if url.startswith("sqlite"):
        sqlite3.connect(url.removeprefix("sqlite:///")).close()
        Path(url.removeprefix("sqlite:///")).touch()
    with _store(url, clock) as store, pytest.raises(Absent, match="steward migrate"):
        people(store)


@pytest.mark.parametrize(
    ("given_url", "driver", "shown"),
    [
        ("postgres://a:b@h/d?sslmode=require", "postgresql+psycopg", "postgresql://a:***@h/d"),
        ("postgresql://a:b@h:5/d", "postgresql+psycopg", "postgresql://a:***@h:5/d"),
        ("sqlite:////var/x.db", "sqlite", "/var/x.db"),
        ("sqlite://", "sqlite", "memory"),
    ],
)
def test_addresses(given_url: str, driver: str, shown: str, clock: Clock) -> None:
    with _store(given_url, clock) as store:
        assert (store.url.drivername, store.place) == (driver, shown)


def test_a_relative_file_is_fixed_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.chdir(tmp_path)
    with _store("sqlite:///steward.db", clock) as store:
        assert store.place == str(tmp_path / "steward.db")


@pytest.mark.parametrize("wrong", ["", "steward.db", "mysql://h/d"])
def test_an_address_of_something_else_is_told(wrong: str, clock: Clock) -> None:
    with pytest.raises(Absent, match="sqlite:///"):
        Store(wrong, now=clock)


def test_credentials_and_options_reach_the_driver(clock: Clock) -> None:
    with _store("postgres://a:p%40ss@h/d?sslmode=require", clock) as store:
        assert (store.url.username, store.url.password) == ("a", "p@ss")
        assert store.url.query == {"sslmode": "require"}


def test_memory_lives_as_long_as_its_store(clock: Clock) -> None:
    with _store("sqlite://", clock) as store:
        migrate(store)
        with store.write() as session:
            session.add(a_person("P1", clock()))
        assert people(store) == ["P1"]
        assert in_thread(lambda: people(store)) is None


def test_the_pragmas_that_keep_promises(
    sqlite_databases: Databases, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PRAGMAS", AS_IN_LIFE)
    with _store(sqlite_databases.copy(), clock) as store, store.read() as session:
        ask = session.connection().exec_driver_sql
        assert ask("PRAGMA journal_mode").scalar() == "wal"
        assert ask("PRAGMA synchronous").scalar() == 2
        assert ask("PRAGMA foreign_keys").scalar() == 1


def test_moments_come_back_in_utc(store: Store) -> None:
    east = datetime(2026, 3, 29, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    with store.write() as session:
        session.add(DueRow(id="D", subject_kind="use", subject_id="U", kind="k", due_at=east))
    with store.read() as session:
        row = session.exec(select(DueRow).where(DueRow.due_at <= east)).one()
        assert row.due_at == east
        assert row.due_at.utcoffset() == timedelta(0)
        assert session.exec(select(DueRow).where(DueRow.due_at < east)).first() is None


@given(st.datetimes(timezones=st.timezones()), st.datetimes(timezones=st.timezones()))
def test_written_moments_sort_as_they_passed(one: datetime, other: datetime) -> None:
    try:
        moments = [moment.astimezone(UTC) for moment in (one, other)]
    except OverflowError:
        return  # before the year 1 or after 9999, seen from Greenwich
    bound = [Moment().process_bind_param(moment, sqlite.dialect()) for moment in (one, other)]
    assert [Moment().process_result_value(text, sqlite.dialect()) for text in bound] == moments
    assert (bound[0] < bound[1]) == (moments[0] < moments[1])


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(StatementError, match="without a time zone"), store.write() as session:
        session.add(a_person("P1", naive))


def test_a_day_is_not_a_moment(clock: Clock) -> None:
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        with pytest.raises(ValueError, match="not a day"):
            Day().process_bind_param(clock(), dialect)


@pytest.mark.parametrize("kept", [{"b": [1, 2.5, None, "é\U0001f600"], "a": {}}, [], "", 0, False, None])
def test_json_comes_back(store: Store, kept: Any) -> None:
    with store.write() as session:
        session.add(SettingRow(key="k", value=kept, changed_at=store.now()))
    with store.read() as session:
        found = session.get_one(SettingRow, "k").value
    assert found == kept
    assert type(found) is type(kept)


def test_json_that_no_reader_would_accept_is_refused() -> None:
    with pytest.raises(ValueError):
        Json().process_bind_param(float("nan"), sqlite.dialect())


def test_days_flags_and_numbers_come_back(store: Store) -> None:
    use = UseRow(
        id="U1",
        state="draft",
        confidential=True,
        tier_floor=2,
        next_review_on=date(2027, 2, 28),
        created_at=store.now(),
        updated_at=store.now(),
    )
    with store.write() as session:
        session.add(use)
    with store.read() as session:
        row = session.exec(select(UseRow).where(col(UseRow.confidential).is_(True))).one()
        assert (row.next_review_on, row.confidential, row.tier_floor) == (date(2027, 2, 28), True, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nearly"},
        {"eu_floor": "HIGH"},
        {"tier_final": 5},
        {"title": "x" * 81},
        {"owner_id": "nobody"},
    ],
)
def test_columns_are_validated(store: Store, wrong: dict[str, Any]) -> None:
    known: dict[str, Any] = {
        "id": "U1",
        "state": "draft",
        "created_at": store.now(),
        "updated_at": store.now(),
    }
    with pytest.raises(DBAPIError), store.write() as session:
        session.add(UseRow(**(known | wrong)))


def test_a_column_of_sqlite_takes_only_its_kind(sqlite_databases: Databases, clock: Clock) -> None:
    with _store(sqlite_databases.copy(), clock) as store:
        sentence = text("INSERT INTO counter (prefix, year, last) VALUES ('A', 'soon', 1)")
        with pytest.raises(DBAPIError, match="cannot store"), store.write() as session:
            session.connection().execute(sentence)


def test_rows_may_be_written_in_any_order_within_a_transaction(store: Store) -> None:
    now = store.now()
    with store.write() as session:
        session.add(UseRow(id="U1", state="draft", owner_id="P1", created_at=now, updated_at=now))
        session.flush()
        session.add(a_person("P1", now))
