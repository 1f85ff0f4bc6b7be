"""From nothing, from an old file with data in it, from two processes at once, and not from the future."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from store import audit, schema
from store.engine import Store
from store.errors import Absent, Locked, Newer
from store.migrate import migrate
from store.tables import metadata
from tests.databases import Clock, Databases

MOMENT, LATER = "2026-11-01T08:00:00.000000Z", "2026-11-01T08:00:01.000000Z"
OLD_ROWS = (
    f"INSERT INTO person (id, team, slack_user, name, is_bot, deleted, restricted, foreign_team, updated_at) "
    f"VALUES ('P1', 'T', 'U', 'Ana', {{no}}, {{no}}, {{no}}, {{no}}, '{MOMENT}')",
    "INSERT INTO place (id, team, slack_channel, kind, name, archived, person_id) "
    "VALUES ('L1', 'T', 'D1', 'dm', '', {no}, 'P1'), ('L2', 'T', 'C1', 'channel', 'gov', {no}, NULL)",
    f"INSERT INTO use (id, title, summary, state, confidential, version, owner_id, created_at, updated_at) "
    f"VALUES ('U1', 'Write letters', '', 'approved', {{no}}, 3, 'P1', '{MOMENT}', '{MOMENT}')",
    f"INSERT INTO answer_set (id, form, form_digest, subject_kind, subject_id, opened_at) "
    f"VALUES ('S1', 'ai-use', 'd', 'use', 'U1', '{MOMENT}')",
    f"INSERT INTO fact (answer_set_id, question, state, source, contributor, value, said_at, recorded_at) "
    f"VALUES ('S1', 'title', 'answered', 'person', 'P1', '\"Write letters\"', '{MOMENT}', '{MOMENT}')",
    *(
        f"INSERT INTO outbox (kind, state, priority, attempts, payload, place_id, person_id, queued_at) "
        f"VALUES ('{kind}', 'waiting', 1, 0, '{{{{}}}}', {place}, {person}, '{MOMENT}')"
        for kind, place, person in [
            ("post", "'L1'", "NULL"),
            ("post", "'L2'", "NULL"),
            ("post", "NULL", "'P1'"),
            ("publish", "NULL", "'P1'"),
        ]
    ),
    *(
        f"INSERT INTO result (id, subject_kind, subject_id, answer_set_id, facts_digest, policies, verdict, judged_at) "
        f"VALUES ('{id}', 'use', 'U1', 'S1', 'd', '[]', '{{{{}}}}', '{moment}')"
        for id, moment in (("R9", MOMENT), ("R1", LATER))
    ),
    *(
        f"INSERT INTO inquiry (id, use_id, asked_by, question, state, asked_at) "
        f"VALUES ('{id}', 'U1', 'P1', 'Why?', 'open', '{moment}')"
        for id, moment in (("Q9", MOMENT), ("Q1", LATER))
    ),
    *(
        f"INSERT INTO inbox (key, kind, payload, received_at, state, attempts) "
        f"VALUES ('{key}', 'message', '{{{{}}}}', '{MOMENT}', 'waiting', 0)"
        for key in ("event-1", "event-2")
    ),
)


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        yield engine
    finally:
        engine.dispose()


def ask(url: str, sentence: str) -> list[Any]:
    with engine_of(url) as engine, engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sentence))]


@pytest.fixture
def old_url(databases: Databases) -> str:
    """A database at the first revision, with data in it."""
    url = databases.empty()
    assert migrate(url, "0001") == "0001"
    no = "0" if url.startswith("sqlite") else "false"
    with engine_of(url) as engine, engine.begin() as connection:
        for sentence in OLD_ROWS:
            connection.execute(text(sentence.format(no=no).replace(":", r"\:")))
    return url


def test_tables_and_migrations_agree(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_checks_and_references_agree(store: Store, databases: Databases) -> None:
    """Alembic does not compare CHECKs and deferral: a database made from the tables themselves does."""
    made = databases.empty()
    if made.startswith("sqlite"):
        Path(made.removeprefix("sqlite:///")).touch()
    with engine_of(made) as engine:
        metadata.create_all(engine)
        assert _rules(engine) == _rules(store.engine)


def _rules(engine: Engine) -> dict[str, Any]:
    look = inspect(engine)
    return {
        name: (
            sorted((check["name"], check["sqltext"]) for check in look.get_check_constraints(name)),
            sorted((str(key["name"]), sorted(key["options"].items())) for key in look.get_foreign_keys(name)),
        )
        for name in metadata.tables
    }


def test_nothing_is_ever_deleted_along() -> None:
    keys = [key for table in metadata.tables.values() for key in table.foreign_keys]
    assert len(keys) > 20
    assert {(key.ondelete, key.initially) for key in keys} == {(None, "DEFERRED")}


def test_every_table_of_sqlite_is_strict(sqlite_databases: Databases) -> None:
    tables = ask(sqlite_databases.copy(), "SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")
    loose = {name for name, strict in tables if not strict}
    assert {name for name in loose if not name.startswith("sqlite_")} == {"alembic_version"}


def test_the_revision_the_program_expects_is_the_last(databases: Databases, clock: Clock) -> None:
    url = databases.empty()
    assert migrate(url) == schema.HEAD
    store = Store(url, now=clock)
    schema.check_current(store)
    store.close()


def test_an_old_database_keeps_its_data(old_url: str) -> None:
    before = ask(old_url, "SELECT id, title, version FROM use")
    assert migrate(old_url) == schema.HEAD
    assert ask(old_url, "SELECT id, title, version FROM use") == before == [("U1", "Write letters", 3)]
    assert ask(old_url, "SELECT count(*) FROM fact") == [(1,)]
    lanes = [lane for (lane,) in ask(old_url, "SELECT lane FROM outbox ORDER BY id")]
    assert lanes == ["P1", "L2", "P1", "home:P1"]
    assert ask(old_url, "SELECT id, version FROM result ORDER BY version") == [("R9", 1), ("R1", 2)]
    assert ask(old_url, "SELECT id, version FROM inquiry ORDER BY version") == [("Q9", 1), ("Q1", 2)]
    assert ask(old_url, "SELECT key, lane FROM inbox ORDER BY id") == [("event-1",) * 2, ("event-2",) * 2]


def test_what_was_guarded_stays_guarded(old_url: str) -> None:
    migrate(old_url)
    with pytest.raises(DBAPIError, match="kept as they are"):
        _change(old_url, "UPDATE fact SET state = 'unsure'")
    with pytest.raises(DBAPIError):
        _change(old_url, "UPDATE outbox SET kind = 'whisper'")
    with pytest.raises(DBAPIError, match="kept as they are"):
        _change(old_url, "DELETE FROM fact")
    with pytest.raises(DBAPIError, match="kept as they are"):
        _change(old_url, "UPDATE result SET version = 9")


def _change(url: str, sentence: str) -> None:
    with engine_of(url) as engine, engine.begin() as connection:
        connection.execute(text(sentence))


def test_an_old_database_is_not_current_and_says_so(old_url: str, clock: Clock) -> None:
    store = Store(old_url, now=clock)
    assert schema.revision(store) == "0001"
    with pytest.raises(Absent, match="steward migrate"):
        schema.check_current(store)
    store.close()


def test_migrating_again_changes_nothing(store: Store, database_url: str) -> None:
    with store.write() as session:
        audit.append(session, "a.b", actor=None, subject_kind="s", subject_id="i", detail={}, at=store.now())
    assert migrate(database_url) == schema.HEAD
    with store.read() as session:
        assert audit.verify_store(session).lines == 1


def test_two_who_migrate_at_once_do_it_once(databases: Databases) -> None:
    url = databases.empty()
    reached: list[str] = []
    threads = [threading.Thread(target=lambda: reached.append(migrate(url))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reached == [schema.HEAD] * 3
    assert ask(url, "SELECT count(*) FROM audit_head") == [(1,)]


def test_a_newer_database_is_refused_and_left_alone(database_url: str) -> None:
    _change(database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Newer, match="later version"):
        migrate(database_url)
    store = Store(database_url, now=Clock())
    with pytest.raises(Newer, match="later version"):  # not: run a migration, which would be refused
        schema.check_current(store)
    store.close()
    assert ask(database_url, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_broken_reference_stops_the_migration(sqlite_databases: Databases) -> None:
    url = sqlite_databases.empty()
    migrate(url, "0001")
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as careless:
        careless.execute("INSERT INTO reader (use_id, person_id) VALUES ('gone', 'gone')")
        careless.commit()
    with pytest.raises(RuntimeError, match="references"):
        migrate(url)
    assert ask(url, "SELECT version_num FROM alembic_version") == [("0001",)]


def test_a_copy_is_made_before_an_old_file_is_changed(sqlite_databases: Databases) -> None:
    url = sqlite_databases.empty()
    migrate(url, "0001")
    path = Path(url.removeprefix("sqlite:///"))
    copy = path.with_name(path.name + ".at-0001")
    assert not copy.exists()
    migrate(url)
    assert ask(f"sqlite:///{copy}", "SELECT version_num FROM alembic_version") == [("0001",)]


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "steward.db"
    migrate(f"sqlite:///{path}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Absent, match="cannot be opened"):
        migrate(f"sqlite:///{tmp_path / 'file' / 'steward.db'}")


def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(Absent, match="cannot be opened"):
        migrate("postgres://localhost:1/steward")


def test_a_file_in_use_is_told(sqlite_databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.migrate.PATIENCE", 0.05)
    url = sqlite_databases.copy()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked):
            migrate(url)


def test_the_store_does_not_load_alembic() -> None:
    names = "engine schema audit inbox outbox people refs settings wordings files leases tables"
    modules = ", ".join(f"store.{name}" for name in names.split())
    program = f"import sys, {modules}; sys.exit('alembic' in sys.modules or 'psycopg' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0


def test_whoever_was_no_colleague_before_is_known_to_have_left(databases: Databases) -> None:
    url, marks = databases.empty(), ("deleted", "restricted", "is_bot", "foreign_team")
    migrate(url, "0014")
    yes, no = ("1", "0") if url.startswith("sqlite") else ("true", "false")
    with engine_of(url) as engine, engine.begin() as connection:
        for who in (*marks, "nothing"):
            said = ", ".join(yes if mark == who else no for mark in marks)
            row = f"('{who}', 'T', '{who}', '', '{MOMENT}', {said})".replace(":", r"\:")
            names = f"id, team, slack_user, name, updated_at, {', '.join(marks)}"
            connection.execute(text(f"INSERT INTO person ({names}) VALUES {row}"))
    migrate(url)
    gone = ask(url, "SELECT id FROM person WHERE gone_at IS NOT NULL")
    assert {id for (id,) in gone} == {*marks}
    assert {id for (id,) in ask(url, "SELECT subject_id FROM due WHERE kind = 'left'")} == {*marks}
