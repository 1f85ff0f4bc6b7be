"""The one door to the database: `write` is one transaction with one writer at a time, `read` is a snapshot.

On both databases writers take turns (a lock of the process, then BEGIN IMMEDIATE on SQLite, on PostgreSQL an
advisory lock that ends with the transaction), so what is read inside `write` is still true at its end.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, exc, text
from sqlmodel import Session

from store.address import shown, to_url
from store.errors import locked, unavailable

PATIENCE = 2.0
"""Seconds to wait for another writer: a person's click must be answered within three."""
WRITERS = 0x57E4A12D
"""The advisory lock of PostgreSQL that writers queue at."""
_TURNS: dict[str, threading.Lock] = {}


class Store:
    """A database, opened at first use; safe to share between threads."""

    def __init__(self, url: str, *, now: Callable[[], datetime], patience: float = PATIENCE) -> None:
        self.url = to_url(url)
        self.place = shown(self.url)
        self.now = now
        self.on_sqlite = self.url.get_backend_name() == "sqlite"
        self._patience = patience
        if self.on_sqlite:
            self.engine = sqlite_engine(self.url, patience=patience)
            self._reads = _reading(self.engine)
        else:
            self.engine = postgres_engine(self.url, patience=patience)
            self._reads = self.engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._turn = _turn(self.url)
        self._mine = threading.local()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back by any exception."""
        with self._told(writing=True), self._my_turn(), _session(self.engine) as session:
            connection = session.connection()
            if not self.on_sqlite:
                connection.execute(QUEUE, {"patience": str(int(self._patience * 1000)), "writers": WRITERS})
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A snapshot of one moment that refuses every write; waits for no writer, makes none wait."""
        with self._told(writing=False), _session(self._reads) as session:
            yield session

    def ping(self) -> None:
        """Raises Absent or Locked if the database does not answer."""
        with self.read() as session:
            session.connection().execute(text("SELECT 1"))

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _told(self, *, writing: bool) -> Iterator[None]:
        try:
            yield
        except exc.SQLAlchemyError as error:
            if (known := unavailable(error, self.place, writing=writing)) is None:
                raise
            raise known from error

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        """Threads queue here and not at the database, where waiting costs a connection and is unfair."""
        if getattr(self._mine, "writing", False):
            raise RuntimeError("a write inside a write: pass the session on instead")
        if not self._turn.acquire(timeout=self._patience):
            raise locked(self.place)
        self._mine.writing = True
        try:
            yield
        finally:
            self._mine.writing = False
            self._turn.release()


class _Within(Session):
    """A session in a transaction that is open already and ends without it: most of a click needs no more."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, expire_on_commit=False, join_transaction_mode="rollback_only")
        self._open = connection

    def connection(self, *given: Any, **named: Any) -> Connection:
        return self._open


@contextmanager
def _session(engine: Engine) -> Iterator[Session]:
    with engine.begin() as connection, _Within(connection) as session:
        yield session
        session.flush()


QUEUE = text("SELECT set_config('lock_timeout', :patience, true), pg_advisory_xact_lock(:writers)")


def sqlite_engine(url: URL, *, patience: float) -> Engine:
    """A missing file is an error here, and not an empty database."""
    memory = url.database is None
    engine = create_engine(
        url,
        creator=_opener(url, patience),
        poolclass=QueuePool,
        # A database in memory lives in its one connection, which readers and writers then take in turns.
        **({"pool_size": 1, "max_overflow": 0} if memory else {}),
        pool_timeout=patience,
        hide_parameters=True,  # an error is logged; what people wrote is not
    )
    return _beginning(engine, reading=False)


def _reading(engine: Engine) -> Engine:
    """Over the same connections, which refuse to write until the next one who writes."""
    reads = create_engine(engine.url, pool=engine.pool, hide_parameters=True)
    return _beginning(reads, reading=True)


def _beginning(engine: Engine, *, reading: bool) -> Engine:
    """The driver's own implicit begin would leave reads outside of the write transaction.

    Said by the dialect and not by a listener: where there is one, every statement looks for others.
    """

    def begin(connection: Any) -> None:
        cursor = connection.cursor()
        if (
            connection.info.get("reading") is not reading
        ):  # it stays as it is from one transaction to the next
            cursor.execute(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
            connection.info["reading"] = reading
        cursor.execute("BEGIN" if reading else "BEGIN IMMEDIATE")

    engine.dialect.do_begin = begin  # type: ignore[assignment,method-assign]
    return engine


class _Closing(sqlite3.Connection):
    """Closes when it is let go of: one that a thread still held when its pool was closed is never given back."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # it was never opened
            self.close()


def _opener(url: URL, patience: float) -> Callable[[], sqlite3.Connection]:
    name = ":memory:" if url.database is None else f"file:{quote(url.database)}?mode=rw"

    def open_file() -> sqlite3.Connection:
        connection = sqlite3.connect(
            name, uri=True, timeout=patience, isolation_level=None, check_same_thread=False, factory=_Closing
        )
        try:
            for pragma in PRAGMAS:
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    return open_file


PRAGMAS: tuple[str, ...] = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",  # else INSERT OR REPLACE would slip past the append-only triggers
)


def postgres_engine(url: URL, *, patience: float = PATIENCE) -> Engine:
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=patience,
        connect_args={"connect_timeout": 5},
        hide_parameters=True,
    )


def _turn(url: URL) -> threading.Lock:
    """One lock per database and process, however many stores are opened on it."""
    return _TURNS.setdefault(str(url), threading.Lock()) if url.database else threading.Lock()
