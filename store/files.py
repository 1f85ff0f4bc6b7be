"""Files by what they contain: the same bytes are kept once, under their SHA-256."""

import hashlib

from sqlmodel import Session

from store.tables import FileRow


def keep(session: Session, body: bytes, *, media: str, name: str) -> str:
    """Returns the digest; the name and media of the first one who brought it stay."""
    digest = hashlib.sha256(body).hexdigest()
    if session.get(FileRow, digest) is None:
        session.add(FileRow(digest=digest, size=len(body), media=media, name=name, body=body))
        session.flush()
    return digest


def find(session: Session, digest: str) -> FileRow | None:
    return session.get(FileRow, digest)
