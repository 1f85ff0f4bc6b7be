"""What was put aside because it could not be done: seen by operators, and put back when its cause is mended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import Session, col, select

from intake.value import Value
from store.counting import COUNTING, SUBJECT
from store.stuck import NOTES
from store.tables import DueRow, InboxRow, OutboxRow


class Aside(Value):
    """Rows of one box that share a problem; `oldest`: since when the longest of them waits."""

    box: str
    problem: str
    count: int
    oldest: datetime


def put_aside(session: Session) -> tuple[Aside, ...]:
    """Everything that lies aside, by box and problem."""
    came = select(InboxRow.problem, func.count(), func.min(InboxRow.received_at))
    came = came.where(InboxRow.state == "parked").group_by(col(InboxRow.problem))
    goes = select(OutboxRow.problem, func.count(), func.min(OutboxRow.queued_at))
    goes = goes.where(OutboxRow.state == "parked").group_by(col(OutboxRow.problem))
    fell = select(DueRow.problem, func.count(), func.min(DueRow.due_at))
    fell = fell.where(DueRow.state == "parked").group_by(col(DueRow.problem))
    return tuple(
        Aside(box=box, problem=problem or "", count=count, oldest=oldest)
        for box, query in (("inbox", came), ("outbox", goes), ("due", fell))
        for problem, count, oldest in sorted(session.exec(query), key=lambda found: found[2])
    )


def put_back(session: Session) -> int:
    """All of it waits again, with all its tries; says how much that was."""
    anew = {"state": "waiting", "attempts": 0, "next_try_at": None}
    back = 0
    for table in (InboxRow, OutboxRow):
        back += session.exec(update(table).where(col(table.state) == "parked").values(**anew)).rowcount
    lies, counts = col(DueRow.state) == "parked", col(DueRow.subject_kind) == SUBJECT
    back += session.exec(delete(DueRow).where(lies, col(DueRow.kind).in_(NOTES))).rowcount
    for which, state in ((counts, COUNTING), (~counts, "waiting")):
        back += session.exec(update(DueRow).where(lies, which).values(state=state, problem=None)).rowcount
    return back
