"""Numbers and ids: what people read (AIU-2026-0001) and what only the store knows."""

import secrets

from sqlmodel import Session

from store.tables import CounterRow


def next_ref(session: Session, prefix: str, year: int) -> str:
    """The next reference of a year; a number once given out is never given out again."""
    row = session.get(CounterRow, (prefix, year), with_for_update=True)
    if row is None:
        row = CounterRow(prefix=prefix, year=year, last=0)
    row.last += 1
    session.add(row)
    session.flush()
    return f"{prefix}-{year}-{row.last:04d}"


def new_id(kind: str) -> str:
    """An opaque id: a letter for the reader of a log, then chance."""
    return kind + secrets.token_hex(10)
