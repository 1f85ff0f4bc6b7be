"""The exact wording of forms, policies and texts that a record relies on, kept for as long as it does."""

import hashlib
from datetime import datetime

from sqlmodel import Session

from store.tables import WordingRow


def keep(session: Session, *, kind: str, name: str, version: str, body: str, now: datetime) -> str:
    """Returns the SHA-256 of the body; the first sight of a wording stays as it was."""
    digest = hashlib.sha256(body.encode()).hexdigest()
    if session.get(WordingRow, digest) is None:
        session.add(
            WordingRow(digest=digest, kind=kind, name=name, version=version, body=body, first_seen=now)
        )
        session.flush()
    return digest


def find(session: Session, digest: str) -> WordingRow | None:
    return session.get(WordingRow, digest)
