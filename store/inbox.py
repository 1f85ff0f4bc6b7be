"""What Slack told us, kept before it is acknowledged and worked off afterwards; each key once.

What belongs together (a channel, a person) is a lane: its rows are worked off one after the other, in the order in
which they were said. Whatever fails holds its lane until it succeeds or is put aside.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, insert, or_, update
from sqlalchemy import select as plain_select
from sqlmodel import Session, col, select

from intake.value import Value
from store.direct import Read, Write
from store.tables import InboxRow, metadata

KEPT = timedelta(hours=48)
"""Slack may repeat an event for a day; its key must be known for longer."""
TRIES = 6
PATIENCE = timedelta(seconds=10)
"""Between two tries while the fault is not the row's."""
# Every event goes through these, hence plain statements, built once.
KNOWN = select(InboxRow.id).where(InboxRow.key == bindparam("wanted"))
_inbox = metadata.tables["inbox"]
KEEP = insert(_inbox)
_ran_out = and_(_inbox.c.state == "working", _inbox.c.lease_until <= bindparam("now"))
_ready = or_(
    and_(
        _inbox.c.state == "waiting",
        or_(_inbox.c.next_try_at.is_(None), _inbox.c.next_try_at <= bindparam("now")),
    ),
    _ran_out,
)
_other = _inbox.alias()
_said_before = or_(
    _other.c.turn < _inbox.c.turn, and_(_other.c.turn == _inbox.c.turn, _other.c.id < _inbox.c.id)
)
_blocked = exists().where(
    _other.c.lane == _inbox.c.lane,
    _other.c.id != _inbox.c.id,
    or_(
        and_(_other.c.state == "working", _other.c.lease_until > bindparam("now")),
        and_(or_(_other.c.state == "waiting", _other.c.state == "working"), _said_before),
    ),
)
ANY_READY = Read(plain_select(_inbox.c.id).where(_ready).limit(1))
ANY_HOPELESS = Read(plain_select(_inbox.c.id).where(_ran_out, _inbox.c.attempts >= TRIES).limit(1))
HEADS = Read(plain_select(_inbox).where(_ready, ~_blocked).order_by(_inbox.c.id).limit(bindparam("most")))
TAKE = Write(update(_inbox).where(_inbox.c.id == bindparam("which")))


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
    connection = session.connection()
    rows = HEADS.all(connection, {"now": now, "most": limit})
    for row in rows:
        attempts = {"attempts": row.attempts + 1}
        TAKE.run(connection, {"which": row.id, "state": "working", "lease_until": now + lease, **attempts})
    return [_arrived(row, row.attempts + 1) for row in rows]


def anything_arrived(session: Session, *, now: datetime) -> bool:
    """Whether a round of work may find something; cheap, and takes nobody's turn."""
    return bool(ANY_READY.all(session.connection(), {"now": now}))


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


def purge(session: Session, *, now: datetime, kept: timedelta = KEPT) -> int:
    """Removes what was done long enough ago; what is parked stays until somebody looks at it."""
    old = delete(InboxRow).where(col(InboxRow.state) == "done", col(InboxRow.done_at) < now - kept)
    return session.exec(old).rowcount


def backoff(attempts: int) -> timedelta:
    """2 s, 4 s, 8 s, … at most five minutes."""
    return timedelta(seconds=min(2 ** max(attempts, 1), 300))


def _park_hopeless(session: Session, now: datetime) -> None:
    """What has ended the worker again and again must not do so for ever."""
    session.flush()
    if not ANY_HOPELESS.all(session.connection(), {"now": now}):
        return
    hopeless = select(InboxRow).where(
        InboxRow.state == "working", col(InboxRow.lease_until) <= now, InboxRow.attempts >= TRIES
    )
    for row in session.exec(hopeless):
        row.state, row.lease_until = "parked", None
        row.problem = f"The worker ended {row.attempts} times while working on this."
        session.add(row)
    session.flush()


def _arrived(row: Any, attempts: int) -> Arrived:
    return Arrived(
        id=row.id,
        key=row.key,
        kind=row.kind,
        payload=row.payload,
        received_at=row.received_at,
        attempts=attempts,
        again=attempts > 1 or row.problem is not None,
    )
