"""How the sending of a claimed message ended.

Each function acts only for the sender that still holds the row: a lease that ran out has given it to another, who
decides from then on. But a message that does stand in Slack counts, whoever posted it.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, or_

from store.addresses import forget, note_shown, remember
from store.inbox import backoff
from store.outbox import LASTING, OPEN, REPEATABLE, TRIES, leave, put
from store.tables import OutboxRow

OUTAGE = timedelta(days=1)
SHORTLY = 5.0
"""Seconds until what came too early is looked at again."""


def mark_sent(
    session: Session,
    id: int,
    *,
    holder: str,
    now: datetime,
    ts: str | None = None,
    place_id: str | None = None,
    version: int | None = None,
    digest: str | None = None,
) -> bool:
    """Notes the success and where the message lies; False if that was noted before.

    `place_id` tells the direct message that was opened for a row that named only a person. What is repeatable and
    no longer held may say something newer by now, so it stays owed.
    """
    row = session.get(OutboxRow, id)
    if row is None or row.state == "sent" or (row.kind in REPEATABLE and not _is_held(row, holder)):
        return False
    row.state, row.sent_at, row.problem = "sent", now, None
    if row.ts is not None and row.ts != ts:
        version = digest = None  # an earlier copy stands, and nobody knows what it shows
    row.ts, row.place_id = row.ts or ts, place_id or row.place_id
    row.lease_holder = row.lease_until = None
    session.add(row)
    if row.kind in {"post", "upload"}:
        remember(session, row, version=version, digest=digest, now=now)
    elif row.kind == "update":
        note_shown(session, row, version=version, digest=digest)
    elif row.kind == "delete":
        forget(session, row)
    return True


def note_standing(session: Session, id: int, *, ts: str, place_id: str) -> bool:
    """Slack tells where a post stands, perhaps before its sender does; False if the same stands elsewhere already."""
    row = session.get(OutboxRow, id)
    if row is None or row.kind not in LASTING or row.place_id != place_id:
        return True
    if row.ts is None and row.state in OPEN:
        row.ts = ts
        session.add(row)
        session.flush()
    return row.ts in (None, ts)


def retry_later(
    session: Session, id: int, *, holder: str, seconds: float, now: datetime, problem: str = ""
) -> None:
    """Not the message's fault, so not counted as a failure; what is behind it in its lane waits too."""
    if row := _held(session, id, holder):
        row.attempts = max(row.attempts - 1, 0)
        _wait(session, row, now + timedelta(seconds=seconds), problem)


def limited(session: Session, id: int, *, holder: str, until: datetime) -> None:
    """Slack's "wait". It counts posts by their channel, everything else by its method: then all of that kind waits."""
    row = _held(session, id, holder)
    if row is None:
        return
    row.attempts = max(row.attempts - 1, 0)
    _wait(session, row, until, "ratelimited")
    if row.kind not in LASTING:
        sooner = or_(col(OutboxRow.next_try_at).is_(None), col(OutboxRow.next_try_at) < until)
        same = (col(OutboxRow.state) == "waiting", col(OutboxRow.kind) == row.kind, sooner)
        session.exec(update(OutboxRow).where(*same).values(next_try_at=until))


def failed(session: Session, id: int, problem: str, *, holder: str, now: datetime) -> bool:
    """Surely not sent: again later, ever more slowly; True if it was given up and parked with its problem."""
    row = _held(session, id, holder)
    if row is None:
        return False
    if row.attempts >= TRIES:
        _close(session, row, "parked", problem)
        return True
    _wait(session, row, now + backoff(row.attempts), problem)
    return False


def mark_unknown(
    session: Session, id: int, problem: str, *, holder: str, now: datetime, patience: timedelta = timedelta()
) -> None:
    """Perhaps sent (a timeout, an internal error): posts are looked for first, the rest is repeated.

    Slack and networks have bad hours, for which nothing is given up; what fails for longer has a fault of its own.
    """
    if row := _held(session, id, holder):
        if now - row.queued_at < OUTAGE:
            row.attempts = min(row.attempts, TRIES - 2)
        leave(row, problem)
        row.next_try_at = now + max(backoff(row.attempts), patience)
        session.add(row)
        session.flush()


def send_again(session: Session, id: int, *, holder: str, now: datetime) -> bool:
    """The post was looked for and is not there, or nobody may look; False if that is not ours to say any more.

    Or if Slack told in the meantime where it stands.
    """
    row = _held(session, id, holder)
    if row is None:
        return False
    if row.ts is not None:
        mark_sent(session, id, holder=holder, now=now, ts=row.ts)
        return False
    _wait(session, row, now, "")
    return True


def give_back(session: Session, id: int, *, holder: str) -> None:
    """Claimed, but its turn did not come: as if it had never been claimed."""
    if row := _held(session, id, holder):
        if row.state == "sending":
            row.state, row.attempts = "waiting", row.attempts - 1
        row.lease_holder = row.lease_until = None
        session.add(row)
        session.flush()


def repost(session: Session, id: int, *, holder: str) -> None:
    """The message to update is gone: the same content becomes a new one."""
    _once_more(session, id, holder, kind="post", payload={})


def plainly(session: Session, id: int, *, holder: str) -> None:
    """Slack refused the blocks: the same in plain words."""
    _once_more(session, id, holder, kind=None, payload={"plain": True})


def brought(session: Session, id: int, ours: str, *, holder: str) -> None:
    """A copy of the file is there, under an id of ours; what is left is to share it."""
    _once_more(session, id, holder, kind=None, payload={"ours": ours})


def pictured(session: Session, id: int, picture: str, *, holder: str) -> None:
    """The picture that goes with a post is there, or (empty) there will be none."""
    _once_more(session, id, holder, kind=None, payload={"picture": picture})


def without_file(session: Session, id: int, why: str, *, holder: str) -> None:
    """The file cannot be brought there: that is said instead."""
    if row := _held(session, id, holder):
        facts = {**row.payload.get("facts", {}), "why": why}
        _once_more(session, id, holder, kind="post", payload={"facts": facts, "ours": None})


def not_made(session: Session, id: int, problem: str, *, holder: str, now: datetime) -> None:
    """A file of ours could not be made: again later; given up, its row stays to be seen, and that is said instead."""
    row = session.get(OutboxRow, id)
    if row is None or not failed(session, id, problem, holder=holder, now=now):
        return
    facts = {**row.payload.get("facts", {}), "why": "other"}
    put(
        session,
        kind="post",
        payload={**row.payload, "facts": facts},
        priority=row.priority,
        now=now,
        place_id=row.place_id,
        person_id=row.person_id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        purpose=row.purpose,
    )


def directly(session: Session, id: int, *, holder: str) -> None:
    """Where they are we may not speak to them: the same words go to their direct message."""
    if row := _held(session, id, holder):
        row.place_id = None
        _once_more(session, id, holder, kind="post", payload={"thread": None})


def park(session: Session, id: int, problem: str, *, holder: str) -> None:
    """Cannot be sent; it stays to be seen, and its lane goes on."""
    if row := _held(session, id, holder):
        _close(session, row, "parked", problem)


def drop(session: Session, id: int, problem: str, *, holder: str) -> None:
    """Need not be sent any more."""
    if row := _held(session, id, holder):
        _close(session, row, "dropped", problem)


def _held(session: Session, id: int, holder: str) -> OutboxRow | None:
    row = session.get(OutboxRow, id)
    return row if row is not None and _is_held(row, holder) else None


def _is_held(row: OutboxRow, holder: str) -> bool:
    return row.lease_holder == holder and row.state in ("sending", "unknown")


def _once_more(session: Session, id: int, holder: str, *, kind: str | None, payload: dict[str, Any]) -> None:
    if row := _held(session, id, holder):
        row.kind, row.payload = kind or row.kind, {**row.payload, **payload}
        row.state, row.next_try_at, row.lease_holder, row.lease_until = "waiting", None, None, None
        session.add(row)
        session.flush()


def _wait(session: Session, row: OutboxRow, until: datetime, problem: str) -> None:
    row.state, row.next_try_at, row.problem = "waiting", until, problem or None
    row.lease_holder = row.lease_until = None
    session.add(row)
    session.flush()


def _close(session: Session, row: OutboxRow, state: str, problem: str) -> None:
    row.state, row.problem, row.lease_holder, row.lease_until = state, problem, None, None
    session.add(row)
    session.flush()
