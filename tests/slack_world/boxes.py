"""What the bot still has to do, as its database tells: something now, or something later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from sqlmodel import col, select

from store.engine import Store
from store.sessions import Session
from store.tables import InboxRow, OutboxRow

ALWAYS = datetime.min.replace(tzinfo=UTC)
"""Ready since ever: nothing holds it back."""


class Turn(NamedTuple):
    """When a row's turn comes; until then somebody works on it (`held`), or nobody."""

    at: datetime
    held: bool = False


class Boxes:
    """Inbox and outbox, by the rules of claiming: of each lane only the head counts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def turns(self) -> list[Turn]:
        with self._store.read() as session:
            return [*_coming(session), *_going(session)]


def _coming(session: Session) -> Iterator[Turn]:
    open_rows = select(InboxRow).where(col(InboxRow.state).in_(("waiting", "working")))
    lanes = set()
    for row in session.exec(open_rows.order_by(col(InboxRow.turn), col(InboxRow.id))):
        if row.state == "working":
            yield Turn(row.lease_until or ALWAYS, held=True)
        elif row.lane not in lanes:
            yield Turn(row.next_try_at or ALWAYS)
        lanes.add(row.lane)


def _going(session: Session) -> Iterator[Turn]:
    open_rows = select(OutboxRow).where(col(OutboxRow.state).in_(("waiting", "sending", "unknown")))
    lanes = set()
    for row in session.exec(open_rows.order_by(col(OutboxRow.id))):
        if row.state == "sending":
            yield Turn(row.lease_until or ALWAYS, held=True)
        elif row.state == "unknown":
            held = row.lease_until is not None
            yield Turn(max(row.next_try_at or ALWAYS, row.lease_until or ALWAYS), held=held)
        elif row.lane not in lanes:
            yield Turn(row.next_try_at or ALWAYS)
        lanes.add(row.lane)
