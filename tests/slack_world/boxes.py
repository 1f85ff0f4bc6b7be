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
    columns = select(InboxRow.state, InboxRow.lane, InboxRow.next_try_at, InboxRow.lease_until)
    open_rows = columns.where(col(InboxRow.state).in_(("waiting", "working")))
    lanes = set()
    for state, lane, next_try, lease in session.exec(
        open_rows.order_by(col(InboxRow.turn), col(InboxRow.id))
    ):
        if state == "working":
            yield Turn(lease or ALWAYS, held=True)
        elif lane not in lanes:
            yield Turn(next_try or ALWAYS)
        lanes.add(lane)


def _going(session: Session) -> Iterator[Turn]:
    columns = select(OutboxRow.state, OutboxRow.lane, OutboxRow.next_try_at, OutboxRow.lease_until)
    open_rows = columns.where(col(OutboxRow.state).in_(("waiting", "sending", "unknown")))
    lanes = set()
    for state, lane, next_try, lease in session.exec(open_rows.order_by(col(OutboxRow.id))):
        if state == "sending":
            yield Turn(lease or ALWAYS, held=True)
        elif state == "unknown":
            yield Turn(max(next_try or ALWAYS, lease or ALWAYS), held=lease is not None)
        elif lane not in lanes:
            yield Turn(next_try or ALWAYS)
        lanes.add(lane)
