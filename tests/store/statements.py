"""What a database is asked and told meanwhile: counted, since time says something else on each machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from store.direct import driver


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """Of this session's connection; on SQLite also what goes past SQLAlchemy."""
    said: list[str] = []
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        driver(connection).set_trace_callback(said.append)
        yield said
        driver(connection).set_trace_callback(None)
        return

    def listen(_: Any, __: Any, statement: str, *___: Any) -> None:
        said.append(statement)

    event.listen(connection, "before_cursor_execute", listen)
    yield said
    event.remove(connection, "before_cursor_execute", listen)
