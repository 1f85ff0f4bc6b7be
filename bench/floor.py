"""The least a click can cost here: the very rows it writes, in one transaction of SQLAlchemy core, equally durable."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.sql import Executable
from sqlalchemy.sql.dml import UpdateBase

from store.address import to_url
from store.engine import PATIENCE, Store, sqlite_engine

Row = dict[str, Any]
Write = tuple[Executable, list[Row]]


def writes_of(store: Store, work: Callable[[], object]) -> list[Write]:
    """The inserts and updates that `work` carries out, with their values, in their order."""
    found: list[Write] = []

    def note(connection: Connection, statement: Any, many: list[Row], one: Row, options: Any) -> None:
        if isinstance(statement, UpdateBase):
            found.append((statement, [dict(values) for values in many or [one]]))

    event.listen(store.engine, "before_execute", note)
    try:
        work()
    finally:
        event.remove(store.engine, "before_execute", note)
    return found


class Floor:
    """A copy of the database in which the same rows are written again and again, under keys of their own."""

    def __init__(self, store: Store, folder: Path, writes: list[Write]) -> None:
        copy = folder / "floor.db"
        with closing(store.engine.raw_connection()) as connection:
            connection.cursor().execute(f"VACUUM INTO '{copy}'")
        self._engine: Engine = sqlite_engine(to_url(f"sqlite:///{copy}"), patience=PATIENCE)
        self._writes, self._numbers = writes, itertools.count(1_000_000)

    def write(self) -> None:
        number = next(self._numbers)
        with self._engine.begin() as connection:
            for statement, rows in self._writes:
                fresh = [_renamed(row, number) for row in rows]
                connection.execute(statement, fresh[0] if len(fresh) == 1 else fresh)

    def close(self) -> None:
        self._engine.dispose()


def _renamed(row: Row, number: int) -> Row:
    """What must be unique is made so; a chain of several lines goes on from line to line."""
    own: Row = {"key": f"floor:{number}", "previous": f"{number - 1:064}", "digest": f"{number:064}"}
    return (
        row
        | {name: text for name, text in own.items() if name in row}
        | ({"seq": number} if "seq" in row else {})
    )
