"""Rows as they lie in the database, whatever somebody put into their cells: reading them never fails.

A moment is its written form, a day its date, JSON what it says; a cell that is none of that stays what it is, or
becomes `{"unreadable": …}` where it should be JSON. Text that is not UTF-8 is read with marks in its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Text, cast, exc, select, type_coerce
from sqlmodel import Session

from store.columns import Day, Json, Moment, to_text
from store.tables import metadata

Cells = dict[str, Any]
"""One row, by column."""

AT_ONCE = 500
UNREADABLE = (
    *(ValueError, TypeError, AttributeError, LookupError, OverflowError, RecursionError),
    exc.DataError,
)
"""What reading a record raises where a cell of it is none of the values that it should be."""

REGISTER = (
    *("use", "reader", "deployment", "answer_set", "fact", "result", "decision", "signature"),
    *("condition", "condition_step", "pattern", "pattern_step"),
    *("stage_move", "task_step", "appointment"),
    *("inquiry", "referral", "assignment", "absence", "discussion", "setting", "wording", "tool", "counter"),
    *("report", "plan", "measure", "reading", "snooze", "review_step"),
    *("incident", "incident_step"),
)
NAMES = {
    "use": "the use {ref}",
    "fact": "the answer to {question} in the set {answer_set_id}",
    "reader": "a reader of the use {use_id}",
    "signature": "a signature of the decision {decision_id}",
    "setting": "the setting {key}",
    "wording": "the wording {name} {version}",
    "result": "the result {id}",
    "counter": "the last number of {prefix}-{year}",
}


@contextmanager
def as_it_lies(session: Session) -> Iterator[None]:
    """Within it, SQLite gives text that is not UTF-8 too; PostgreSQL holds none."""
    driver: Any = session.connection().connection.driver_connection
    if not hasattr(driver, "text_factory"):
        yield
        return
    before = driver.text_factory
    driver.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = before


def rows(
    session: Session, table: str, *, by: str = "", only: Collection[str] = (), **where: str
) -> Iterator[Cells]:
    """All of a table (of those whose column is `where`), in the order of the column `by`; `only` these cells."""
    read, kinds = _statement(session, table, only)
    columns = metadata.tables[table].c
    for name, wanted in where.items():
        read = read.where(columns[name] == wanted)
    if by:
        read = read.order_by(columns[by])
    for row in session.connection().execute(read.execution_options(yield_per=AT_ONCE)):
        yield {name: _plain(kinds[name], value) for name, value in row._mapping.items()}


def faults(session: Session) -> Iterator[str]:
    """One sentence for each cell of the register that is not what its column holds."""
    for table in REGISTER:
        read, kinds = _statement(session, table)
        for row in session.connection().execute(read.execution_options(yield_per=AT_ONCE)):
            cells = dict(row._mapping)
            for name in [name for name, value in cells.items() if not _fits(kinds[name], value)]:
                yield f"{name_of(table, cells)}: {name} cannot be read"


def name_of(table: str, cells: Cells) -> str:
    known = {**cells, "ref": cells.get("ref") or cells.get("id")}
    return NAMES.get(table, "the " + table.replace("_", " ") + " {id}").format(**known)


def _statement(
    session: Session, table: str, only: Collection[str] = ()
) -> tuple[Any, dict[str, Callable[[str], Any] | None]]:
    """Cells of a kind that can be unreadable, as their text."""
    on_sqlite = session.connection().dialect.name == "sqlite"
    raw = type_coerce if on_sqlite else cast
    columns = metadata.tables[table].c
    kinds = {column.name: _kind(column) for column in columns}
    chosen = [column for column in columns if not only or column.name in only]
    wanted = [raw(c, Text()).label(c.name) if kinds[c.name] else c for c in chosen]
    return select(*wanted), kinds


def _kind(column: Column[Any]) -> Callable[[str], Any] | None:
    if isinstance(column.type, Moment):
        return _moment
    if isinstance(column.type, Day):
        return _day
    return json.loads if isinstance(column.type, Json) else None


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return to_text(moment)


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _plain(kind: Callable[[str], Any] | None, value: Any) -> Any:
    if kind is None or value is None:
        return value
    try:
        return kind(value)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return {"unreadable": str(value)} if kind is json.loads else value


def _fits(kind: Callable[[str], Any] | None, value: Any) -> bool:
    try:
        if value is not None and kind is not None:
            kind(value)
        elif isinstance(value, str):
            value.encode()
    except (ValueError, TypeError, OverflowError, RecursionError):
        return False
    return True
