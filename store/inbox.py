"""What Slack told us, kept before it is acknowledged and worked off afterwards; each key once.

What belongs together (a channel, a person) is a lane: its rows are worked off one after the other, in the order in
which they were said. Whatever fails holds its lane until it succeeds or is put aside.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, insert
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from intake.value import Value
from store.tables import InboxRow, metadata

KEPT = timedelta(hours=48)
"""Slack may repeat an event for a day; its key must be known for longer."""
TRIES = 6
PATIENCE = timedelta(seconds=10)
"""Between two tries while the fault is not the row's."""
# Every event goes through these, hence plain statements, built once.
KNOWN = select(InboxRow.id).where(InboxRow.key == bindparam("wanted"))
KEEP = insert(metadata.tables["inbox"])


class Arrived(Value):
    """One thing that came in, claimed for work. `again`: it was begun before, and how far is not known."""

    id: int
    key: str
    kind: str
    payload: dict[str, Any]
    received_at: datetime
    attempts: int
    again: bool


def put(
    session: Session,
    *,
    key: str,
    kind: str,
    payload: Mapping[str, Any],
    now: datetime,
    lane: str = "",
    turn: str = "",
    not_before: datetime | None = None,
) -> bool:
    """False if this key already came in, whatever became of it.

    `lane`: what it must keep its place in, else it stands for itself; `turn`: Slack's moment, else ours;
    `not_before`: when it may be worked off.
    """
    connection = session.connection()
    if connection.execute(KNOWN, {"wanted": key}).first() is not None:
        return False
    values = {"key": key, "kind": kind, "payload": dict(payload), "received_at": now}
    order = {"lane": lane or key, "turn": turn or f"{now.timestamp():.6f}"}
    due = {} if not_before is None else {"next_try_at": not_before}
    connection.execute(KEEP, values | order | due | {"state": "waiting", "attempts": 0})
    return True


def claim(session: Session, *, now: datetime, lease: timedelta, limit: int = 1) -> list[Arrived]:
    """The heads of the lanes, ours until the lease ends; what a dead worker held comes again."""
    _park_hopeless(session, now)
    other = aliased(InboxRow)
    said_before = or_(
        col(other.turn) < col(InboxRow.turn),
        and_(col(other.turn) == col(InboxRow.turn), col(other.id) < col(InboxRow.id)),
    )
    blocked = exists().where(
        col(other.lane) == col(InboxRow.lane),
        col(other.id) != col(InboxRow.id),
        or_(
            and_(col(other.state) == "working", col(other.lease_until) > now),
            and_(col(other.state).in_(("waiting", "working")), said_before),
        ),
    )
    heads = select(InboxRow).where(_ready(now), ~blocked).order_by(col(InboxRow.id)).limit(limit)
    rows = session.exec(heads).all()
    for row in rows:
        row.state, row.lease_until, row.attempts = "working", now + lease, row.attempts + 1
        session.add(row)
    session.flush()
    return [_arrived(row) for row in rows]


def anything_arrived(session: Session, *, now: datetime) -> bool:
    """Whether a round of work may find something; cheap, and takes nobody's turn."""
    return session.exec(select(InboxRow.id).where(_ready(now)).limit(1)).first() is not None


def done(session: Session, id: int, *, now: datetime) -> None:
    """Belongs into the transaction that did the work: then it is done exactly once."""
    row = session.get_one(InboxRow, id)
    row.state, row.done_at, row.lease_until, row.problem = "done", now, None, None
    session.add(row)


def failed(session: Session, id: int, problem: str, *, now: datetime, counts: bool = True) -> bool:
    """Tries again later, ever more slowly; True if it was given up and parked with its problem.

    `counts`: False where the fault was not the row's (Slack, the network): then it is never given up.
    """
    row = session.get_one(InboxRow, id)
    row.problem, row.lease_until = problem, None
    if counts:
        row.state = "parked" if row.attempts >= TRIES else "waiting"
        row.next_try_at = now + backoff(row.attempts)
    else:
        row.state, row.attempts, row.next_try_at = "waiting", row.attempts - 1, now + PATIENCE
    session.add(row)
    return row.state == "parked"


def recover(session: Session) -> int:
    """At the start of the only worker: what a dead one held is ready at once, not after its lease."""
    rows = session.exec(select(InboxRow).where(InboxRow.state == "working")).all()
    for row in rows:
        row.state, row.lease_until = "waiting", None
        session.add(row)
    return len(rows)


def purge(session: Session, *, now: datetime) -> int:
    """Removes what was done long enough ago; what is parked stays until somebody looks at it."""
    old = delete(InboxRow).where(col(InboxRow.state) == "done", col(InboxRow.done_at) < now - KEPT)
    return session.exec(old).rowcount


def backoff(attempts: int) -> timedelta:
    """2 s, 4 s, 8 s, … at most five minutes."""
    return timedelta(seconds=min(2 ** max(attempts, 1), 300))


def _ready(now: datetime) -> ColumnElement[bool]:
    return or_(
        (col(InboxRow.state) == "waiting")
        & (col(InboxRow.next_try_at).is_(None) | (col(InboxRow.next_try_at) <= now)),
        (col(InboxRow.state) == "working") & (col(InboxRow.lease_until) <= now),
    )


def _park_hopeless(session: Session, now: datetime) -> None:
    """What has ended the worker again and again must not do so for ever."""
    hopeless = select(InboxRow).where(
        InboxRow.state == "working", col(InboxRow.lease_until) <= now, InboxRow.attempts >= TRIES
    )
    for row in session.exec(hopeless):
        row.state, row.lease_until = "parked", None
        row.problem = f"The worker ended {row.attempts} times while working on this."
        session.add(row)
    session.flush()


def _arrived(row: InboxRow) -> Arrived:
    assert row.id is not None
    return Arrived(
        id=row.id,
        key=row.key,
        kind=row.kind,
        payload=row.payload,
        received_at=row.received_at,
        attempts=row.attempts,
        again=row.attempts > 1 or row.problem is not None,
    )
