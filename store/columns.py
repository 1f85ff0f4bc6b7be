"""How values lie in a database: the same meaning on SQLite and PostgreSQL, and nothing slips in unchecked."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, DateTime, Dialect, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, TypeEngine

STRICT = sqlite3.sqlite_version_info >= (3, 37)
"""STRICT tables came with SQLite 3.37; on an older one the CHECKs and the types here still stand guard."""


Convert = Callable[[Any], Any]
"""One value on its way in or out; found once for a statement, so that each value costs one call."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: fixed-width text on SQLite so that it sorts, timestamptz on PostgreSQL."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return self.bind_processor(dialect)(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return _to_moment(value)

    def bind_processor(self, dialect: Dialect) -> Convert:
        return _to_stored_text if dialect.name == "sqlite" else _to_utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:
        return _to_moment


def _to_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.utcoffset() is None:
        raise ValueError(f"a moment without a time zone cannot be stored: {value!r}")
    return value.astimezone(UTC)


def _to_stored_text(value: datetime | None) -> str | None:
    utc = _to_utc(value)
    return None if utc is None else to_text(utc)


def _to_moment(value: Any) -> datetime | None:
    if value is None:
        return None
    moment: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def to_text(moment: datetime) -> str:
    """The one written form of a moment, in the store and in the trail."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Day(TypeDecorator[date]):
    """A calendar day, without a zone."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        if isinstance(value, datetime):
            raise ValueError(f"a moment is not a day: {value!r}")
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value


class Flag(Boolean):
    """Yes or no: STRICT tables of SQLite know only integers."""


@compiles(Flag, "sqlite")
def _flag_on_sqlite(*_: Any, **__: Any) -> str:
    return "INTEGER"


class Json(TypeDecorator[Any]):
    """A JSON value; Python's None is SQL NULL, never the JSON null."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        from sqlalchemy.dialects.postgresql import JSONB  # late: whoever runs on SQLite need not wait for it

        return dialect.type_descriptor(JSONB(none_as_null=True))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return _to_json(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return _from_json(value) if dialect.name == "sqlite" else value

    def bind_processor(self, dialect: Dialect) -> Convert | None:
        return _to_json if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert | None:
        return _from_json if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def _to_json(value: Any) -> str | None:
    return None if value is None else _JSON.encode(value)


def _from_json(value: str | None) -> Any:
    return None if value is None else json.loads(value)


def one_of(column: str, *words: str) -> CheckConstraint:
    """A closed vocabulary; plain strings, since a native enumeration cannot grow safely on PostgreSQL."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def at_most(column: str, length: int) -> CheckConstraint:
    return CheckConstraint(f"length({column}) <= {length}", name=column)


def between(column: str, low: int, high: int) -> CheckConstraint:
    return CheckConstraint(f"{column} BETWEEN {low} AND {high}", name=column)
