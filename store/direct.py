"""What every click writes and asks: on SQLite its text goes to the driver without a detour.

The text is SQLAlchemy's, made once for each set of columns, and so are the conversions of the values; what is left out
is what SQLAlchemy does anew at each execution, which for a small statement takes longer than SQLite. It runs on the
connection and within the transaction of SQLAlchemy, and its errors are SQLAlchemy's.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnDefault, CompoundSelect, Connection, Dialect, Select, bindparam, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlmodel import Session

from store.tables import metadata

Values = Mapping[str, Any]
Bind = Callable[[Values], list[Any]]
Place = tuple[str | None, Callable[[Any], Any] | None, Any]
"""The name of a value that comes at each call, and what converts it; else a constant."""


class Write:
    """An INSERT or UPDATE whose values come by name, the same names at each call or a few sets of them."""

    def __init__(self, statement: UpdateBase) -> None:
        self.statement = statement
        self._made: dict[tuple[str, ...], tuple[str, Bind]] = {}

    def run(self, connection: Connection, values: Values) -> int:
        """How many rows it concerned."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self.statement, dict(values)).rowcount
        return self._carry_out(connection, values).rowcount

    def add(self, connection: Connection, values: Values) -> int:
        """The number that the database gave to the row."""
        if connection.dialect.name != "sqlite":
            given = connection.execute(self.statement, dict(values)).inserted_primary_key
            assert given is not None
            return int(given[0])
        number = self._carry_out(connection, values).lastrowid
        assert number is not None
        return number

    def _carry_out(self, connection: Connection, values: Values) -> sqlite3.Cursor:
        text, bind = self._made.get(tuple(values)) or self._make(connection.dialect, tuple(values))
        try:
            return driver(connection).execute(text, bind(values))
        except sqlite3.Error as error:
            raise _told(error, text, connection.dialect) from error

    def _make(self, dialect: Dialect, names: tuple[str, ...]) -> tuple[str, Bind]:
        compiled = self.statement.compile(dialect=dialect, column_keys=list(names))
        assert isinstance(compiled, SQLCompiler)
        made = self._made[names] = str(compiled), _binding(compiled, dialect, names)
        return made


class Read:
    """A SELECT whose values come by name; so do the columns of its rows."""

    def __init__(self, statement: Select[Any] | CompoundSelect[Any]) -> None:
        self.statement = statement
        self._row = _row(statement)
        self._made: tuple[str, Bind, Callable[[Sequence[Any]], Any]] | None = None

    def all(self, connection: Connection, values: Values) -> list[Any]:
        if connection.dialect.name != "sqlite":
            return [self._row(*row) for row in connection.execute(self.statement, dict(values))]
        text, bind, convert = self._made or self._make(connection.dialect, tuple(values))
        try:
            return list(map(convert, driver(connection).execute(text, bind(values))))
        except sqlite3.Error as error:
            raise _told(error, text, connection.dialect) from error

    def within(self, session: Session, **values: Any) -> list[Any]:
        """Also of what this very transaction was told so far."""
        session.flush()
        return self.all(session.connection(), values)

    def one(self, connection: Connection, values: Values) -> Any:
        (row,) = self.all(connection, values)
        return row

    def _make(
        self, dialect: Dialect, names: tuple[str, ...]
    ) -> tuple[str, Bind, Callable[[Sequence[Any]], Any]]:
        compiled = self.statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        columns = self.statement.selected_columns
        read = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]

        turned = [(place, process) for place, process in enumerate(read) if process is not None]

        def convert(row: Sequence[Any]) -> Any:
            values = list(row)
            for place, process in turned:
                values[place] = process(values[place])
            return self._row._make(values)

        as_it_comes: Callable[[Sequence[Any]], Any] = self._row._make  # ids and texts need no second look
        made = self._made = (
            *_written_out(compiled, dialect, names),
            convert if turned else as_it_comes,
        )
        return made


class Those:
    """A SELECT about a few rows by their ids: one text for each number of them."""

    def __init__(self, of: Callable[[Sequence[Any]], Select[Any]]) -> None:
        self._of = of
        self._made: dict[int, Read] = {}

    def within(self, session: Session, ids: Sequence[str]) -> list[Any]:
        given = {f"id{number}": id for number, id in enumerate(ids)}
        read = self._made.get(len(ids))
        if read is None:
            read = self._made[len(ids)] = Read(self._of([bindparam(name) for name in given]))
        return read.within(session, **given)


def of_use(table: str, *order: str) -> Read:
    """All that one table holds of a use, which comes as `case`."""
    found = metadata.tables[table]
    return Read(
        select(found).where(found.c.use_id == bindparam("case")).order_by(*(found.c[name] for name in order))
    )


def _row(statement: Select[Any] | CompoundSelect[Any]) -> Any:
    names = [str(column.key) for column in statement.selected_columns]
    return namedtuple("Row", names, rename=True)


def driver(connection: Connection) -> sqlite3.Connection:
    found = connection.connection.dbapi_connection
    assert isinstance(found, sqlite3.Connection)
    return found


def _binding(compiled: SQLCompiler, dialect: Dialect, names: tuple[str, ...]) -> Bind:
    """From values by name to values by place; what is not given is a constant of the statement or a default."""
    known = dict(compiled.params)
    for column in compiled.insert_prefetch:
        if isinstance(column.default, ColumnDefault):
            known[column.key] = column.default.arg
    places: list[Place] = []
    prefetched = {column.key for column in compiled.insert_prefetch}
    for name in compiled.positiontup or ():
        if name not in names and name not in prefetched and compiled.binds[name].required:
            raise KeyError(name)
        convert = compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
        constant = None if name in names else known[name]
        if callable(constant):
            raise TypeError(f"{name} has no value and no fixed default")
        places.append((name if name in names else None, convert, convert(constant) if convert else constant))
    return _by_place(places)


def _written_out(compiled: SQLCompiler, dialect: Dialect, names: tuple[str, ...]) -> tuple[str, Bind]:
    """Lists of constants as SQLAlchemy writes them out only at an execution; they are the same at each call here."""
    if missing := [name for name, each in compiled.binds.items() if each.required and name not in names]:
        raise KeyError(*missing)
    whole = compiled.construct_expanded_state(dict.fromkeys(names))
    places: list[Place] = []
    for name in whole.positiontup or ():
        if name in names:
            convert = compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect)
            places.append((name, convert, None))
        else:
            constant, convert = whole.parameters[name], whole.processors.get(name)
            places.append((None, None, convert(constant) if convert else constant))
    return whole.statement, _by_place(places)


def _by_place(places: Sequence[Place]) -> Bind:
    def bind(values: Values) -> list[Any]:
        return [
            constant if name is None else values[name] if convert is None else convert(values[name])
            for name, convert, constant in places
        ]

    return bind


def _told(error: sqlite3.Error, text: str, dialect: Dialect) -> BaseException:
    return DBAPIError.instance(text, None, error, sqlite3.Error, hide_parameters=True, dialect=dialect)
