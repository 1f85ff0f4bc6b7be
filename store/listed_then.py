"""The list of an earlier day for one reader: what they may read now and might have read then, and what is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from store import earlier, settling
from store.queries import may_see
from store.tables import UseRow
from triage.aims.scoped import Scope
from triage.register import Entry, Reader, Veiled


class Then(NamedTuple):
    entries: tuple[Entry, ...]
    veiled: tuple[Veiled, ...]


def then(session: Session, reader: Reader, at: datetime, scope: Scope | None = None) -> Then:
    """For who oversees; the latest change first, those that are closed by their reference."""
    shown, closed = list[Entry](), list[Entry]()
    for each in earlier.listed(session, at, scope):
        (shown if _may_read(session, reader, each) else closed).append(each.entry)
    veiled = (Veiled(ref=each.ref, tier=each.tier) for each in _set(session, closed, at) if each.ref)
    latest = sorted(veiled, key=lambda each: each.ref, reverse=True)
    return Then(tuple(_set(session, shown, at)), tuple(latest))


def _set(session: Session, entries: list[Entry], at: datetime) -> Iterator[Entry]:
    return settling.as_set(session, entries, at)


def _may_read(session: Session, reader: Reader, one: earlier.Listed) -> bool:
    """What was opened since is still for those whose it was then: it was said in confidence."""
    if not one.closed:
        return reader.oversees
    theirs = reader.person in (one.entry.requester, one.entry.owner)
    return may_see(session, reader, one.entry.id) and (
        theirs or not (one.closed_then and _is_open(session, one))
    )


def _is_open(session: Session, one: earlier.Listed) -> bool:
    """By now: whoever reads what is still closed was named, and reads all of it."""
    row = session.get(UseRow, one.entry.id)
    return row is not None and not row.confidential
