"""Where the messages about a subject lie in Slack, and which version of it they show."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as plain_select
from sqlmodel import Session, col, select

from store.direct import Read
from store.refs import new_id
from store.tables import AddressRow, OutboxRow, PlaceRow, metadata

OPEN = ("waiting", "sending", "unknown")
"""States of a message that may still go out."""


_address = metadata.tables["address"].c
PLACED = Read(
    plain_select(_address.ts)
    .where(
        _address.subject_kind == bindparam("kind"),
        _address.subject_id == bindparam("about"),
        _address.purpose == bindparam("purpose"),
        _address.place_id == bindparam("place"),
    )
    .limit(1)
)


def find(
    session: Session, *, subject_kind: str, subject_id: str, purpose: str, place_id: str
) -> AddressRow | None:
    wanted = select(AddressRow).where(
        AddressRow.subject_kind == subject_kind,
        AddressRow.subject_id == subject_id,
        AddressRow.purpose == purpose,
        AddressRow.place_id == place_id,
    )
    return session.exec(wanted).first()


def stands(session: Session, about: str, purpose: str, place: str, *, kind: str = "use") -> str | None:
    """The ts of the message of that purpose in that place."""
    session.flush()
    wanted = {"kind": kind, "about": about, "purpose": purpose, "place": place}
    found = PLACED.all(session.connection(), wanted)
    return found[0].ts if found else None


def went_out(session: Session, case: str, purpose: str, person: str, name: str) -> bool:
    """Whether a direct message of that purpose stands with that person, or waits under that name to be sent."""
    stand = (
        select(AddressRow.id)
        .join(PlaceRow, col(PlaceRow.id) == AddressRow.place_id)
        .where(AddressRow.subject_id == case, AddressRow.purpose == purpose, PlaceRow.person_id == person)
    )
    waits = select(OutboxRow.id).where(
        OutboxRow.coalesce == name, OutboxRow.kind == "post", col(OutboxRow.state).in_(OPEN)
    )
    return any(session.exec(each.limit(1)).first() is not None for each in (stand, waits))


def remember(
    session: Session, row: OutboxRow, *, version: int | None, digest: str | None, now: datetime
) -> None:
    """A message that was posted for a purpose; a fresh one takes the place of the one before."""
    if not (row.subject_kind and row.subject_id and row.purpose and row.place_id and row.ts):
        return
    address = _of(session, row) or AddressRow(
        id=new_id("A"),
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        purpose=row.purpose,
        place_id=row.place_id,
        ts=row.ts,
        posted_at=now,
    )
    address.ts, address.posted_at = row.ts, now
    address.version_shown, address.digest = version, digest
    session.add(address)
    session.flush()


def note_shown(session: Session, row: OutboxRow, *, version: int | None, digest: str | None) -> None:
    if (address := _of(session, row)) is not None:
        address.version_shown, address.digest = version, digest
        session.add(address)
        session.flush()


def forget(session: Session, row: OutboxRow) -> None:
    if (address := _of(session, row)) is not None:
        session.delete(address)
        session.flush()


def _of(session: Session, row: OutboxRow) -> AddressRow | None:
    if not (row.subject_kind and row.subject_id and row.purpose and row.place_id):
        return None
    return find(
        session,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        purpose=row.purpose,
        place_id=row.place_id,
    )
