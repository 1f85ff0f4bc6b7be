"""Erasing words of the trail, and where else in the database the same words stand: there nothing is erased."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary
from sqlmodel import Session

from store import audit
from store.alike import Wanted
from store.content import RECORD, WORDS
from store.legible import rows
from store.own import FIELDS
from store.settings import SETTINGS
from store.tables import AuditLineRow, metadata
from store.trail import record_of

OTHER = ("audit_line", "audit_head", "alembic_version")
"""Tables without words."""


class Erased(NamedTuple):
    """`left`: fields of the line that are still kept; `words`: those that went, to look where else they stand."""

    fields: tuple[str, ...]
    left: tuple[str, ...]
    words: frozenset[str]


def erase(
    session: Session, *, line: int, field: str | None, because: str, by: str | None, now: datetime
) -> Erased:
    """One text of a line, or all that hold somebody's words: not what proves the register. Each erasure is sealed."""
    kept = audit.texts_of(session, line)
    words = _of_words(session, line) if field is None else (lambda name: name == field)
    chosen = tuple(filter(words, sorted(kept)))
    if chosen:
        overwrite(session)
    for name in chosen:
        audit.erase(session, seq=line, field=name, actor=by, at=now, because=because)
    left = tuple(sorted(kept.keys() - set(chosen)))
    return Erased(chosen, left, frozenset(word for name in chosen for word in _words(name, kept[name])))


def overwrite(session: Session) -> None:
    """What this transaction removes is written over in SQLite's file; its log has it until it is written over, too."""
    if session.connection().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")


def _of_words(session: Session, line: int) -> Callable[[str], bool]:
    """Of what is settled only a reason is: the rest is choices and ids, which nothing else proves."""
    sealed = session.get(AuditLineRow, line)
    told = record_of(sealed.sealed) if sealed else None
    if told is not None and told.subject[0] == SETTINGS:
        return lambda name: name == FIELDS["reason"]
    return lambda name: name != RECORD


def _words(field: str, text: str) -> Iterator[str]:
    """Of a record only what somebody wrote: the ids and days in it are no words."""
    if field not in (RECORD, WORDS):
        yield text
    elif field == WORDS:
        yield from _leaves(text)
    else:
        yield from (leaf for leaf in _leaves(text) if " " in leaf.strip())


def standing(session: Session, words: Iterable[str]) -> dict[str, int]:
    """Place and number of cells, over every table; of the trail's texts each line and field.

    It reads the whole database, so nobody looks while others wait to write.
    """
    wanted = Wanted(words)
    found: Counter[str] = Counter()
    if not wanted:
        return {}
    for table in metadata.sorted_tables:
        if table.name in OTHER:
            continue
        columns = [column.name for column in table.c if not isinstance(column.type, LargeBinary)]
        for row in rows(session, table.name):
            for name in columns:
                if any(map(wanted.stand_in, _leaves(row[name]))):
                    found[_place(table.name, name, row)] += 1
    return dict(sorted(found.items()))


def _place(table: str, column: str, row: dict[str, Any]) -> str:
    if table == "audit_text":
        return f"text {row['field']} of line {row['seq']}"
    return f"{table}.{column}"


def _leaves(value: Any) -> Iterator[str]:
    """Every text in it, also where it is JSON in a text."""
    if isinstance(value, dict):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, str):
        inner = _inner(value)
        yield from [value] if inner is None else _leaves(inner)


def _inner(text: str) -> Any:
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None
