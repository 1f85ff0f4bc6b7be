"""Somebody's account was closed: whatever was theirs is looked at anew, a part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, or_, select

from store import aims_due, climb, offered, offers
from store.tables import AppointmentRow, DoneRow, DueRow, PersonRow, UseRow
from triage.desk import Desk
from triage.orphans import OWNED

PERSON, LEFT = "person", "left"
AT_ONCE = 50
STATES = [status.value for status in OWNED]


def note(session: Session, person: str, *, now: datetime) -> None:
    """Once for each time that they left; Slack tells of it again and again."""
    row = session.get(PersonRow, person)
    mine = select(DueRow).where(DueRow.subject_kind == PERSON, DueRow.subject_id == person)
    rows = session.exec(mine.order_by(col(DueRow.step))).all()
    if row is None or row.gone_at is None or any(each.due_at >= row.gone_at for each in rows):
        return
    about = {"subject_kind": PERSON, "subject_id": person, "kind": LEFT}
    session.add(DueRow(id=uuid4().hex, **about, step=len(rows), due_at=max(now, row.gone_at)))
    session.flush()


def look(session: Session, row: DueRow, desk: Desk) -> None:
    """Rows for what waits now of what they answered for, or had a part in."""
    session.add(row)
    key = f"{LEFT}:{row.id}"
    seen = session.get(DoneRow, key) or DoneRow(key=key, outcome={"after": ""}, at=desk.now)
    ids = theirs(session, row.subject_id, after=str(seen.outcome["after"]))
    for id in ids:
        climb.begin(session, id, desk)
    seen.outcome = {"after": ids[-1] if ids else ""}
    session.add(seen)
    if len(ids) < AT_ONCE:
        row.state = "done"
        aims_due.hasten(session, row.subject_id, desk)
        for unit in sorted(offered.held(session, row.subject_id, desk)):
            offers.want(session, "claims", unit, desk)


def theirs(session: Session, person: str, *, after: str = "") -> Sequence[str]:
    part = select(AppointmentRow.use_id).where(AppointmentRow.person_id == person)
    mine = or_(UseRow.owner_id == person, UseRow.requester_id == person, col(UseRow.id).in_(part))
    wanted = select(UseRow.id).where(mine, col(UseRow.state).in_(STATES), col(UseRow.id) > after)
    return session.exec(wanted.order_by(UseRow.id).limit(AT_ONCE)).all()


def owners(session: Session, person: str) -> frozenset[str]:
    """Who answers for what this person has a part in: whatever waits there is theirs."""
    part = select(AppointmentRow.use_id).where(AppointmentRow.person_id == person)
    wanted = select(UseRow.owner_id, UseRow.requester_id).where(col(UseRow.id).in_(part))
    return frozenset(each for pair in session.exec(wanted.limit(AT_ONCE)) for each in pair if each)
