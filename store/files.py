"""Files by what they contain: the same bytes are kept once, under their SHA-256."""

import hashlib
from typing import NamedTuple

from sqlmodel import Session, col, select

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


class Listed(NamedTuple):
    digest: str
    size: int
    media: str
    name: str


def listed(session: Session) -> list[Listed]:
    """All but the bytes, by digest."""
    wanted = select(FileRow.digest, FileRow.size, FileRow.media, FileRow.name).order_by(col(FileRow.digest))
    return [Listed(*row) for row in session.exec(wanted)]


def body_of(session: Session, digest: str) -> bytes:
    return bytes(session.exec(select(FileRow.body).where(FileRow.digest == digest)).one())
