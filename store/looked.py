"""What somebody who was let in to audit looked at, out of the sealed trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlmodel import Session, col, select

from store.aims_shown import hidden_refs
from store.tables import AuditLineRow, UseRow
from store.trail import Record, record_of
from triage.aims.access import ACCESS

LOOKED = "access.looked"


class Look(NamedTuple):
    """`about`: a reference, or what was pressed was about nothing; `closed`: it was about something confidential."""

    at: str
    actor: str
    wish: str
    about: str
    closed: bool = False


def looks(session: Session, access: str, most: int | None = None) -> list[Look]:
    """Of one access, the newest first."""
    lines = select(AuditLineRow.sealed).where(
        col(AuditLineRow.sealed).contains(f'"{LOOKED}"'), col(AuditLineRow.sealed).contains(f'"{access}"')
    )
    told = map(record_of, session.exec(lines.order_by(col(AuditLineRow.seq).desc())))
    found = [each for each in told if each and (each.what, each.subject) == (LOOKED, (ACCESS, access))]
    return _named(session, found[:most])


def _named(session: Session, found: Iterable[Record]) -> list[Look]:
    """Uses by their reference; of what is confidential none is told."""
    found = list(found)
    about = {str(each.detail.get("about", "")) for each in found}
    rows = session.exec(
        select(UseRow.id, UseRow.ref, UseRow.confidential).where(col(UseRow.id).in_(about))
    ).all()
    refs = {id: ref or "" for id, ref, _ in rows}
    closed = {id for id, _, confidential in rows if confidential} | hidden_refs(session, about)
    made = []
    for each in found:
        of = str(each.detail.get("about", ""))
        told = (each.at, each.actor or "", str(each.detail.get("wish", "")))
        made.append(Look(*told, "" if of in closed else refs.get(of, of), of in closed))
    return made
