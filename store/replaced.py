"""Texts of the trail in whose place another one stands since an erasure: a name in it became a pseudonym.

The line `text.erased` then says in `detail.instead` what the new text and its new salt come to, so it is proven like
any other; what stood there before can be proven by nobody any more.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from store import audit
from store.tables import AuditLineRow, AuditTextRow
from store.trail import Record, record_of, sha256

Place = tuple[int, str]
"""A line and the field of its text."""


def replace(session: Session, seq: int, field: str, text: str, *, actor: str | None, at: datetime) -> None:
    """Another text in the place of a kept one, sealed as an erasure that says what stands there now."""
    line = record_of(session.exec(select(AuditLineRow.sealed).where(AuditLineRow.seq == seq)).one())
    kind, id = line.subject if line else ("trail", str(seq))
    salt = secrets.token_hex(audit.SALT // 2)
    detail: dict[str, audit.Machine] = {"line": seq, "field": field, "instead": sha256(salt + text)}
    audit.append(session, audit.ERASED, actor=actor, subject_kind=kind, subject_id=id, detail=detail, at=at)
    session.exec(delete(AuditTextRow).where(col(AuditTextRow.seq) == seq, col(AuditTextRow.field) == field))
    session.flush()
    session.connection().execute(
        AuditTextRow.__table__.insert(),  # type: ignore[attr-defined]
        {"seq": seq, "field": field, "salt": salt, "text": text},
    )


def instead(session: Session) -> dict[Place, str]:
    """What every text comes to that stands in the place of another."""
    rows = select(AuditLineRow.sealed).where(col(AuditLineRow.sealed).contains('"instead":"'))
    return told_instead(map(record_of, session.exec(rows.order_by(col(AuditLineRow.seq)))))


def told_instead(lines: Iterable[Record | None]) -> dict[Place, str]:
    """As far as these lines tell, in their order."""
    found: dict[Place, str] = {}
    for line in lines:
        if line is not None and (place := place_of(line)) is not None:
            found[place] = str(line.detail["instead"])
    return found


def place_of(line: Record) -> Place | None:
    """Of a line that put one text in the place of another."""
    seq, field, new = (line.detail.get(name) for name in ("line", "field", "instead"))
    if line.what != audit.ERASED or not isinstance(new, str):
        return None
    return (seq, field) if isinstance(seq, int) and isinstance(field, str) else None


def is_sealed(row: AuditTextRow, line: Record, now: dict[Place, str]) -> bool:
    """Whether a kept text is the one that is committed to, by its line or since by an erasure."""
    wanted = now.get((row.seq, row.field), line.texts.get(row.field))
    return sha256(row.salt + row.text) == wanted
