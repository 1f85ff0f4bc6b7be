"""The exact wording of forms, policies and texts that a record relies on, kept for as long as it does."""

from datetime import datetime

from sqlmodel import Session

from store.tables import WordingRow


def keep(
    session: Session, *, digest: str, kind: str, name: str, version: str, body: str, now: datetime
) -> bool:
    """True at the first sight of a digest; what was kept under it before stays as it was.

    `digest` is the one that records name: that of the content, which the files in `body` give when read.
    """
    if session.get(WordingRow, digest) is not None:
        return False
    session.add(WordingRow(digest=digest, kind=kind, name=name, version=version, body=body, first_seen=now))
    session.flush()
    return True


def find(session: Session, digest: str) -> WordingRow | None:
    return session.get(WordingRow, digest)
