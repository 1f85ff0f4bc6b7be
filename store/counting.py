"""When the next reminder of each clock falls due, as rows: made and moved with the incident in its transaction.

They have a state of their own, so that what is due of uses passes them by.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, select

from store.tables import DueRow
from triage.case import Case
from triage.desk import Desk
from triage.incidents.clocks import Running, waiting
from triage.incidents.incident import Incident
from triage.incidents.reminding import next_moment

SUBJECT = "incident"
COUNTING, DONE, DROPPED = "counting", "done", "dropped"
AT_ONCE = 50
INSTANT = timedelta(microseconds=1)


def follow(session: Session, incident: Incident, case: Case | None, desk: Desk) -> None:
    """One row for each clock that somebody still has to see to: its next moment, or none any more."""
    runs = {each.id: each for each in waiting(incident, case, desk)}
    rows = session.exec(
        select(DueRow).where(DueRow.subject_kind == SUBJECT, DueRow.subject_id == incident.id)
    ).all()
    last = {row.kind: row for row in sorted(rows, key=lambda row: row.step)}
    for clock, row in last.items():
        if row.state == COUNTING and clock not in runs:
            row.state = DROPPED
            session.add(row)
    for clock, running in runs.items():
        known = last.get(clock)
        if known is None:
            _add(session, incident.id, running, 0, next_moment(running, desk.now - INSTANT))
        elif known.state == COUNTING:
            at = next_moment(running, desk.now - INSTANT)
            if at is not None and at < known.due_at:
                known.due_at = at
                session.add(known)
        elif known.state == DROPPED:
            _add(session, incident.id, running, known.step + 1, next_moment(running, desk.now))


def ripe(session: Session, now: datetime) -> Sequence[DueRow]:
    query = select(DueRow).where(
        DueRow.state == COUNTING, DueRow.subject_kind == SUBJECT, DueRow.due_at <= now
    )
    return session.exec(query.order_by(col(DueRow.due_at), col(DueRow.id)).limit(AT_ONCE)).all()


def done(session: Session, row: DueRow, running: Running | None, now: datetime) -> None:
    """It is told once; the next one is what is still to come."""
    row.state = DROPPED if running is None else DONE
    session.add(row)
    if running is not None:
        _add(session, row.subject_id, running, row.step + 1, next_moment(running, now))


def _add(session: Session, incident: str, running: Running, step: int, at: datetime | None) -> None:
    if at is None:
        return
    session.add(
        DueRow(
            id=uuid4().hex,
            subject_kind=SUBJECT,
            subject_id=incident,
            kind=running.id,
            step=step,
            due_at=at,
            state=COUNTING,
        )
    )
