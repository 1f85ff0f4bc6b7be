"""What waits on entries of the management system, as due rows: made and moved with the entry in its transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, select

from store.tables import AimsEntryRow, DueRow
from triage.aims.calling import after, at_step, is_past
from triage.aims.entry import Entry
from triage.aims.errands import Errand, errands
from triage.desk import Desk

AIMS = "aims"
"""The kind of subject of its lines, rows and messages."""
REMINDED = "aims.reminded"
AHEAD = timedelta(days=14)
"""What is due within so many days is somebody's to see."""
OPEN = ("waiting", "done")


def follow(session: Session, entry: Entry, desk: Desk) -> None:
    """One row for the next step of each thing that waits, none for what does not."""
    now = {each.name: each for each in errands(entry, desk)}
    last: dict[str, DueRow] = {}
    for row in _rows(session, entry.id):
        last[row.kind] = row
        if row.kind not in now and row.state in OPEN:
            row.state = "dropped"
            session.add(row)
    for name, due in now.items():
        known = last.get(name)
        if known is None:
            _add(session, entry.id, name, step=0, at=at_step(0, due, entry, desk))
        elif known.state == "dropped":  # what was settled and is not after all begins where it was
            known.state, known.due_at = "waiting", max(known.due_at, desk.calendar().next_morning(desk.now))
            session.add(known)


def step_on(session: Session, row: DueRow, due: Errand, entry: Entry, desk: Desk) -> None:
    """The row for the step that comes after it, if one does; at once where this one came too late to be said."""
    at = desk.now if is_past(row.step, due, desk) else after(row.step, due, entry, desk)
    if at is not None:
        _add(session, entry.id, row.kind, step=row.step + 1, at=at)


def hasten(session: Session, person: str, desk: Desk) -> None:
    """Whoever answered for them is gone: what waits there is told at once to somebody else."""
    mine = select(AimsEntryRow.id).where(AimsEntryRow.owner == person, AimsEntryRow.state == "in_force")
    waits = select(DueRow).where(DueRow.subject_kind == AIMS, DueRow.state == "waiting")
    for row in session.exec(waits.where(col(DueRow.subject_id).in_(mine))).all():
        row.due_at = min(row.due_at, desk.calendar().opens(desk.now))
        session.add(row)


def last_said(session: Session, entry: str, name: str) -> list[DueRow]:
    """The row of it that was said last."""
    return [row for row in _rows(session, entry) if (row.kind, row.state) == (name, "done")][-1:]


def open_entries(session: Session, now: datetime) -> list[str]:
    """The entries on which something is due by now, or soon."""
    wanted = select(DueRow.subject_id).where(DueRow.subject_kind == AIMS, col(DueRow.state).in_(OPEN))
    return sorted(session.exec(wanted.where(DueRow.due_at <= now + AHEAD).distinct()).all())


def _rows(session: Session, entry: str) -> Sequence[DueRow]:
    mine = select(DueRow).where(DueRow.subject_kind == AIMS, DueRow.subject_id == entry)
    return session.exec(mine.order_by(col(DueRow.step))).all()


def _add(session: Session, entry: str, kind: str, *, step: int, at: datetime) -> None:
    about = {"subject_kind": AIMS, "subject_id": entry}
    session.add(DueRow(id=uuid4().hex, **about, kind=kind, step=step, due_at=at))
