"""Digests that fall due become messages owed, in one transaction with the key that they go out under once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from store import outbox
from store.owed import UPLOAD
from store.tables import DoneRow, SettingRow, UseRow
from triage.digest import Digest
from triage.digested import Due

DIGEST, FILE = "digest", "digest_file"
"""What they are called where messages are owed; the first also where it lies."""
PRIORITY = 2


def began(session: Session) -> datetime | None:
    """When the organisation was settled first: of a time before that nothing is told."""
    return session.exec(select(SettingRow.changed_at).order_by(col(SettingRow.changed_at)).limit(1)).first()


def is_open(session: Session, due: Due) -> bool:
    """Whether it is still to go out; what fell due before there was anything here never does."""
    since = began(session)
    return since is not None and since < due.at and session.get(DoneRow, due.key) is None


def use_of(session: Session, ref: str) -> str | None:
    """Its id, while it is not confidential."""
    open_ = select(UseRow.id).where(UseRow.ref == ref, col(UseRow.confidential).is_(False))
    return session.exec(open_).first()


def owe(session: Session, due: Due, made: Digest, *, place: str, people: Sequence[str], now: datetime) -> int:
    """To a place, or to each of some people; how many messages.

    The figures go with it, as they were now. The file stands below the message, and nothing waits for it.
    """
    if not is_open(session, due):
        return 0
    session.add(DoneRow(key=due.key, at=now))
    told = made.model_dump(mode="json")
    targets = [(place, None)] if place else [(None, each) for each in people]
    for where, whom in targets:
        for say in (DIGEST, FILE):
            outbox.put(
                session,
                kind=UPLOAD if say == FILE else "post",
                place_id=where,
                person_id=whom,
                subject_kind=DIGEST,
                subject_id=due.key,
                purpose=say,
                payload={"say": say, "digest": told},
                priority=PRIORITY,
                lane=f"files:{due.key}:{where or whom}" if say == FILE else None,
                now=now,
            )
    return 2 * len(targets)
