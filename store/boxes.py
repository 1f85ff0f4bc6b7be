"""What the bot still has to do, as its database tells: something now, or something later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from store.direct import Read
from store.engine import Store
from store.tables import metadata

ALWAYS = datetime.min.replace(tzinfo=UTC)
"""Ready since ever: nothing holds it back."""
_in, _out = metadata.tables["inbox"].c, metadata.tables["outbox"].c
# Looked at many times a second, hence plain statements, built once.
COMING = Read(
    select(_in.state, _in.lane, _in.next_try_at, _in.lease_until)
    .where(or_(_in.state == "waiting", _in.state == "working"))
    .order_by(_in.turn, _in.id)
)
GOING = Read(
    select(_out.state, _out.lane, _out.next_try_at, _out.lease_until)
    .where(or_(_out.state == "waiting", _out.state == "sending", _out.state == "unknown"))
    .order_by(_out.id)
)


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
            connection = session.connection()
            return [*_coming(connection), *_going(connection)]


def _coming(connection: Connection) -> Iterator[Turn]:
    lanes = set()
    for state, lane, next_try, lease in COMING.all(connection, {}):
        if state == "working":
            yield Turn(lease or ALWAYS, held=True)
        elif lane not in lanes:
            yield Turn(next_try or ALWAYS)
        lanes.add(lane)


def _going(connection: Connection) -> Iterator[Turn]:
    lanes = set()
    for state, lane, next_try, lease in GOING.all(connection, {}):
        if state == "sending":
            yield Turn(lease or ALWAYS, held=True)
        elif state == "unknown":
            yield Turn(max(next_try or ALWAYS, lease or ALWAYS), held=lease is not None)
        elif lane not in lanes:
            yield Turn(next_try or ALWAYS)
        lanes.add(lane)
