"""Brings a database to the tables of this version, in one transaction and one process at a time.

Imported only when it is used: Alembic costs a second that no click should wait for.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, exc, text

from store.engine import Store, postgres_engine, sqlite_engine
from store.errors import absent, newer, unavailable
from store.schema import HEAD

PATIENCE = 60.0
MIGRATORS = 0x57E4A12E
"""The advisory lock of PostgreSQL that two migrating processes queue at."""


def migrate(where: str | Store, revision: str = "head") -> str:
    """Creates or upgrades; returns the revision reached. A Store is needed only for a database in memory."""
    store = where if isinstance(where, Store) else Store(where, now=lambda: datetime.now(UTC))
    try:
        with _alone(store) as connection:
            return _upgrade(store, connection, revision)
    except exc.SQLAlchemyError as error:
        if (known := unavailable(error, store.place, writing=True)) is None:
            raise
        raise known from error
    finally:
        if store is not where:
            store.close()


@contextmanager
def _alone(store: Store) -> Iterator[Connection]:
    if not store.on_sqlite:
        with _disposed(postgres_engine(store.url)) as engine, engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATORS})
            yield connection
    elif store.url.database is None:
        with _without_references(store.engine) as connection:
            yield connection
    else:
        _make_private_file(Path(store.url.database))
        with (
            _disposed(sqlite_engine(store.url, patience=PATIENCE)) as engine,
            _without_references(engine) as connection,
        ):
            yield connection


@contextmanager
def _disposed(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _without_references(engine: Engine) -> Iterator[Connection]:
    """SQLite rebuilds a table by dropping it, which must not touch its children: checked at the end."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                    raise RuntimeError(f"the migration would break references: {broken[:5]}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


def _upgrade(store: Store, connection: Connection, wanted: str) -> str:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    context = MigrationContext.configure(connection)
    before = context.get_current_revision()
    if before is not None and before not in known:
        raise newer(store.place, before)
    if before is not None and before != HEAD and store.on_sqlite and store.url.database is not None:
        _back_up(Path(store.url.database), before)
    command.upgrade(config, wanted)
    return str(context.get_current_revision())


def _make_private_file(path: Path) -> None:
    """The register holds what people said: a new file is for its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise absent(str(path), error.strerror or "no reason given") from error


def _back_up(path: Path, revision: str) -> None:
    """Beside the file, named by the revision it holds; read in a snapshot while we hold the write lock."""
    copy = path.with_name(f"{path.name}.at-{revision}")
    _make_private_file(copy)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
