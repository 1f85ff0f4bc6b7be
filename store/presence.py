"""Whether another worker lives on this database: a lock that the system lets go of when its process dies.

Leases tell who may work; they outlive a crash by up to a minute. A worker that finds itself alone at its start
need not wait for them. On SQLite the lock lies on a file beside the database, on PostgreSQL it is an advisory lock
of a connection of its own. Behind a proxy that shares connections between clients this may be seen wrongly; then
leases decide, or at worst one message is looked for while it is being sent.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import IO

from sqlalchemy import Connection, text

from store.engine import Store

WORKERS = 0x57E4A13B
"""The advisory lock of PostgreSQL that every worker holds."""


class Presence:
    """Held from the start of a worker to its end."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._file: IO[bytes] | None = None
        self._connection: Connection | None = None

    @contextmanager
    def enter(self) -> Iterator[bool]:
        """Be seen from now on. True if no other worker lives; none can begin to before this block ends."""
        entering: AbstractContextManager[bool]
        if not self._store.on_sqlite:
            entering = self._enter_server()
        elif self._store.url.database is None:
            entering = nullcontext(True)
        else:
            entering = self._enter_file(f"{self._store.url.database}-workers")
        with entering as alone:
            yield alone

    def leave(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._connection is not None:
            self._connection.invalidate()  # the lock ends with the connection, so it must not go back to the pool
            self._connection.close()
            self._connection = None

    @contextmanager
    def _enter_file(self, path: str) -> Iterator[bool]:
        try:
            import fcntl
        except ImportError:  # a system without such locks: leases decide
            yield False
            return
        self._file = open(os.path.abspath(path), "ab")  # noqa: SIM115 - open as long as the worker lives
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            alone = True
        except BlockingIOError:
            fcntl.flock(self._file, fcntl.LOCK_SH)  # waits for whoever is alone and takes up what was left
            alone = False
        try:
            yield alone
        finally:
            fcntl.flock(self._file, fcntl.LOCK_SH)

    @contextmanager
    def _enter_server(self) -> Iterator[bool]:
        connection = self._store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._connection = connection
        alone = self._try_server(connection)
        if not alone:
            connection.execute(text(f"SELECT pg_advisory_lock_shared({WORKERS})"))
        try:
            yield alone
        finally:
            if alone:
                connection.execute(text(f"SELECT pg_advisory_lock_shared({WORKERS})"))
                connection.execute(text(f"SELECT pg_advisory_unlock({WORKERS})"))

    def _try_server(self, connection: Connection) -> bool:
        """The server needs a moment to notice that a client was killed."""
        for pause in (0.0, 0.1, 0.2, 0.4):
            time.sleep(pause)
            if connection.execute(text(f"SELECT pg_try_advisory_lock({WORKERS})")).scalar():
                return True
        return False
