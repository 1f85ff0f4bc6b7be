"""The least a click can cost here: the very rows it writes, in one transaction of SQLAlchemy core, equally durable."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, Engine
from sqlalchemy.sql.dml import UpdateBase

from store import direct
from store.address import to_url
from store.engine import PATIENCE, Store, sqlite_engine

Row = dict[str, Any]
Write = tuple[UpdateBase, Row]


def writes_of(work: Callable[[], object]) -> list[Write]:
    """The inserts and updates that `work` carries out, with their values, in their order."""
    found: list[Write] = []

    def noted(step: Callable[..., int]) -> Callable[..., int]:
        def note(write: direct.Write, connection: Connection, values: Mapping[str, Any]) -> int:
            found.append((write.statement, dict(values)))
            return step(write, connection, values)

        return note

    run, add = noted(direct.Write.run), noted(direct.Write.add)
    with patch.object(direct.Write, "run", run), patch.object(direct.Write, "add", add):
        work()
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
            for statement, row in self._writes:
                connection.execute(statement, _renamed(row, number))

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
