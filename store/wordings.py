"""The exact wording of forms, policies and texts that a record relies on, kept for as long as it does."""

from datetime import datetime

from sqlmodel import Session

from store import audit
from store.tables import WordingRow

KEPT, WORDING = "wording.kept", "wording"


def keep(
    session: Session, *, digest: str, kind: str, name: str, version: str, body: str, now: datetime
) -> bool:
    """True at the first sight of a digest; what was kept under it before stays as it was.

    `digest` is the one that records name: that of the content, which the files in `body` give when read. A line of
    the trail says what it is called and since when it is known.
    """
    if session.get(WordingRow, digest) is not None:
        return False
    session.add(WordingRow(digest=digest, kind=kind, name=name, version=version, body=body, first_seen=now))
    session.flush()
    audit.append(
        session,
        KEPT,
        actor=None,
        subject_kind=WORDING,
        subject_id=digest,
        detail={"kind": kind, "name": name, "version": version},
        at=now,
    )
    return True


def find(session: Session, digest: str) -> WordingRow | None:
    return session.get(WordingRow, digest)
