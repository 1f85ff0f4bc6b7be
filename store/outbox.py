"""Messages owed: sent in the order of their lane (a channel, a person, a Home), never forgotten.

A post whose outcome nobody knows is `unknown` and holds its lane until somebody has looked whether it stands
in the channel: Slack has no key against repetition. Updates are simply repeated.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, exists, func, insert, update
from sqlalchemy import select as plain_select
from sqlmodel import Session, col, or_, select

from intake.value import Value
from store.direct import Read, Write
from store.tables import OutboxRow, PlaceRow, metadata

TRIES = 8
KEPT = timedelta(days=7)
EPHEMERAL_LIFE = timedelta(seconds=60)
"""After this the person is elsewhere; a late "you may not" only puzzles."""
REPEATABLE = frozenset({"update", "delete", "publish"})
LASTING = frozenset({"post", "upload"})
COALESCED = frozenset({"update", "publish"})
OPEN = ("waiting", "sending", "unknown")
# Every click goes through these, hence plain statements, built once.
_outbox = metadata.tables["outbox"]
QUEUE = Write(insert(_outbox))
REPLACE = update(_outbox).where(_outbox.c.id == bindparam("which"))
SAME = (
    plain_select(_outbox.c.id, _outbox.c.priority)
    .where(
        _outbox.c.coalesce == bindparam("name"),
        _outbox.c.kind == bindparam("wanted"),
        # As an expression: SQLite would else read all that waits, not what bears the name.
        func.coalesce(_outbox.c.state, "") == "waiting",
    )
    .order_by(_outbox.c.id.desc())
    .limit(1)
)
OWNER = select(PlaceRow.person_id).where(PlaceRow.id == bindparam("place"))


def _is(*states: str) -> ColumnElement[bool]:
    return or_(*(_outbox.c.state == state for state in states))


def _due(column: Any) -> ColumnElement[bool]:
    return or_(column.is_(None), column <= bindparam("now"))


# A sender looks at these all day long, mostly in vain.
ANY_EXPIRED = Read(
    plain_select(_outbox.c.id)
    .where(
        or_(
            and_(_is("sending"), _outbox.c.lease_until <= bindparam("now")),
            and_(_is("waiting"), _outbox.c.kind == "ephemeral", _outbox.c.queued_at < bindparam("late")),
        )
    )
    .limit(1)
)
ANY_READY = Read(
    plain_select(_outbox.c.id)
    .where(
        or_(
            and_(_is("waiting", "unknown"), _due(_outbox.c.next_try_at)),
            and_(_is("sending"), _outbox.c.lease_until <= bindparam("now")),
        )
    )
    .limit(1)
)
_earlier = _outbox.alias()
HEADS = Read(
    plain_select(_outbox)
    .where(
        _is("waiting"),
        _due(_outbox.c.next_try_at),
        ~exists().where(
            _earlier.c.lane == _outbox.c.lane,
            _earlier.c.id < _outbox.c.id,
            or_(*(_earlier.c.state == state for state in OPEN)),
        ),
    )
    .order_by(_outbox.c.priority, _outbox.c.id)
    .limit(bindparam("most"))
)
UNKNOWN = Read(
    plain_select(_outbox)
    .where(_is("unknown"), _due(_outbox.c.lease_until), _due(_outbox.c.next_try_at))
    .order_by(_outbox.c.id)
    .limit(bindparam("most"))
)
TAKE = Write(update(_outbox).where(_outbox.c.id == bindparam("which")))


class Owed(Value):
    """One message, claimed for sending (or, if `unknown`, for looking whether it was sent)."""

    id: int
    kind: str
    place_id: str | None
    person_id: str | None
    subject_kind: str | None
    subject_id: str | None
    purpose: str | None
    payload: dict[str, Any]
    priority: int
    attempts: int
    queued_at: datetime
    ts: str | None = None
    """Where it stands already, for what Slack told of before its sender noted it."""


def put(
    session: Session,
    *,
    kind: str,
    payload: Mapping[str, Any],
    priority: int,
    now: datetime,
    place_id: str | None = None,
    person_id: str | None = None,
    subject_kind: str | None = None,
    subject_id: str | None = None,
    purpose: str | None = None,
    coalesce: str | None = None,
    lane: str | None = None,
    alone: bool = False,
) -> int:
    """Queues a message; an update still waiting under the same `coalesce` is replaced in its turn.

    For who knows without asking the database: `lane` the person of a direct message, `alone` that none waits so.
    """
    same = None if alone else _same_waiting(session, kind, coalesce)
    values: dict[str, Any] = {
        "place_id": place_id,
        "person_id": person_id,
        "lane": lane or _lane(session, kind, place_id, person_id),
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "purpose": purpose,
        "payload": dict(payload),
    }
    if same is not None:
        again = {"which": same.id, "priority": min(same.priority, priority)}
        session.connection().execute(REPLACE, values | again)
        return int(same.id)
    first = {"kind": kind, "priority": priority, "coalesce": coalesce, "queued_at": now}
    return QUEUE.add(session.connection(), values | first | {"state": "waiting", "attempts": 0})


def claim(session: Session, *, now: datetime, holder: str, lease: timedelta, limit: int = 1) -> list[Owed]:
    """The heads of the lanes, the most urgent first; at most one of each lane, ours until the lease ends."""
    _expire(session, now)
    connection = session.connection()
    rows = HEADS.all(connection, {"now": now, "most": limit})
    taken = {"state": "sending", "lease_holder": holder, "lease_until": now + lease}
    for row in rows:
        TAKE.run(connection, {"which": row.id, "attempts": row.attempts + 1, **taken})
    return [_owed(row, row.attempts + 1) for row in rows]


def claim_unknown(
    session: Session, *, now: datetime, holder: str, lease: timedelta, limit: int = 1
) -> list[Owed]:
    """Posts to look for in their channel: then it was sent if it stands there, else it is sent again."""
    _expire(session, now)
    connection = session.connection()
    rows = UNKNOWN.all(connection, {"now": now, "most": limit})
    for row in rows:
        TAKE.run(connection, {"which": row.id, "lease_holder": holder, "lease_until": now + lease})
    return [_owed(row, row.attempts) for row in rows]


def about(session: Session, id: int) -> str | None:
    """The case that a message is about."""
    row = session.get(OutboxRow, id)
    return row.subject_id if row is not None else None


def any_ready(session: Session, *, now: datetime) -> bool:
    """Whether a round of sending may find something; cheap, and takes nobody's turn."""
    return bool(ANY_READY.all(session.connection(), {"now": now}))


def recover(session: Session) -> int:
    """At the start of the only sender: what a dead one held is settled at once, not after its lease."""
    rows = session.exec(select(OutboxRow).where(OutboxRow.state == "sending")).all()
    for row in rows:
        leave(row, "the sender ended while sending this")
        session.add(row)
    for row in session.exec(select(OutboxRow).where(OutboxRow.state == "unknown")):
        row.lease_holder = row.lease_until = None
        session.add(row)
    session.flush()
    return len(rows)


def purge(session: Session, *, now: datetime, kept: timedelta = KEPT) -> int:
    """Removes what was sent or dropped long enough ago; what is parked stays until somebody looks at it."""
    settled = col(OutboxRow.state).in_(("sent", "dropped"))
    old = delete(OutboxRow).where(settled, col(OutboxRow.queued_at) < now - kept)
    return session.exec(old).rowcount


def _same_waiting(session: Session, kind: str, coalesce: str | None) -> Row[Any, Any] | None:
    if coalesce is None or kind not in COALESCED:
        return None
    return session.connection().execute(SAME, {"name": coalesce, "wanted": kind}).first()


def _lane(session: Session, kind: str, place_id: str | None, person_id: str | None) -> str:
    """A direct message is its person's lane, whether it is open already or not; a passing word waits for no post."""
    if kind == "publish":
        return f"home:{person_id}"
    if kind == "ephemeral":
        return f"aside:{person_id}"
    if place_id is None:
        return person_id or ""
    return session.connection().execute(OWNER, {"place": place_id}).scalar() or place_id


def _expire(session: Session, now: datetime) -> None:
    """Whoever held these is dead or too slow; nobody knows whether the message went out."""
    session.flush()
    late = now - EPHEMERAL_LIFE
    if not ANY_EXPIRED.all(session.connection(), {"now": now, "late": late}):
        return
    held = select(OutboxRow).where(OutboxRow.state == "sending", col(OutboxRow.lease_until) <= now)
    for row in session.exec(held):
        leave(row, "the sender ended while sending this")
        session.add(row)
    passing = select(OutboxRow).where(
        OutboxRow.state == "waiting", OutboxRow.kind == "ephemeral", col(OutboxRow.queued_at) < late
    )
    for row in session.exec(passing):
        row.state, row.problem = "dropped", "too late for a passing word"
        session.add(row)
    session.flush()


def leave(row: OutboxRow, problem: str) -> None:
    """Nobody knows whether it went out: what stays is looked for first, the rest is repeated.

    A passing word may so be said twice, which is better than a press that nobody answers.
    """
    row.problem, row.lease_holder, row.lease_until, row.next_try_at = problem, None, None, None
    if row.attempts >= TRIES and row.kind in REPEATABLE:
        row.state = "parked"
    else:
        row.state = "unknown" if row.kind in LASTING else "waiting"


def _owed(row: Any, attempts: int) -> Owed:
    told = {name: getattr(row, name) for name in Owed.model_fields}
    return Owed.model_validate(told | {"attempts": attempts})
