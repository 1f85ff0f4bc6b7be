"""Whether there is anything to do, and what becomes of an owed message that Slack would not take as it was."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from store.tables import InboxRow, OutboxRow


def any_ready(session: Session, *, now: datetime) -> bool:
    """Whether a round of sending may find something; cheap, and takes nobody's turn."""
    ready = or_(
        col(OutboxRow.state).in_(("waiting", "unknown"))
        & (col(OutboxRow.next_try_at).is_(None) | (col(OutboxRow.next_try_at) <= now)),
        (col(OutboxRow.state) == "sending") & (col(OutboxRow.lease_until) <= now),
    )
    return session.exec(select(OutboxRow.id).where(ready).limit(1)).first() is not None


def anything_arrived(session: Session, *, now: datetime) -> bool:
    """The same for the inbox."""
    ready = or_(
        (col(InboxRow.state) == "waiting")
        & (col(InboxRow.next_try_at).is_(None) | (col(InboxRow.next_try_at) <= now)),
        (col(InboxRow.state) == "working") & (col(InboxRow.lease_until) <= now),
    )
    return session.exec(select(InboxRow.id).where(ready).limit(1)).first() is not None


def repost(session: Session, id: int) -> None:
    """The message to update is gone: the same content becomes a new one."""
    _again(session, id, kind="post", payload={})


def plainly(session: Session, id: int) -> None:
    """Slack refused the blocks: the same in plain words."""
    _again(session, id, kind=None, payload={"plain": True})


def _again(session: Session, id: int, *, kind: str | None, payload: dict[str, bool]) -> None:
    row = session.get_one(OutboxRow, id)
    row.kind, row.payload = kind or row.kind, {**row.payload, **payload}
    row.state, row.next_try_at, row.lease_holder, row.lease_until = "waiting", None, None, None
    session.add(row)
    session.flush()
