"""What waits for somebody's move on an approved use, as due rows: one at a time, the next once the last was said."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from store.records import USE, load
from store.tables import DoneRow, DueRow, UseRow
from triage.case import Case, Status
from triage.climbing import PROMISED, after, first, own_step
from triage.desk import Desk
from triage.errands import Errand, errands

AT_ONCE = 50
CAUGHT_UP = "due:errands"
"""Under which it is known how far uses were gone through that were approved before rows were made for them."""
MAY_WAIT = tuple(
    status.value
    for status in (
        Status.approved,
        Status.approved_with_conditions,
        Status.under_reassessment,
        Status.lapsed,
    )
)


def follow(session: Session, before: Case | None, case: Case, desk: Desk) -> bool:
    """Rows for what waits now, none for what does not; says whether that is other than before."""
    was = errands(before, desk) if before is not None else ()
    now = errands(case, desk)
    if was == now:
        return False
    rows = _rows(session, case.id)
    for row in rows:
        if row.state == "waiting" and row.kind not in {each.name for each in now}:
            row.state = "dropped"
            session.add(row)
    known = {row.kind: row for row in rows if row.step < PROMISED}
    for each in now:
        _wait(session, known.get(each.name), each, case, desk)
    return True


def put_off(session: Session, before: Case | None, case: Case, desk: Desk) -> None:
    """What somebody wants to hear of again later: one row for the promise, and nobody else hears of it before."""
    rows = _rows(session, case.id) if case.snoozes else []
    for made in case.snoozes[len(before.snoozes) if before else 0 :]:
        calendar = desk.calendar(made.by)
        morning = calendar.morning(made.until, desk.now)
        for row in rows:
            if row.kind == made.errand and row.state == "waiting":
                row.due_at = max(row.due_at, calendar.next_morning(morning))
                session.add(row)
        count = sum(each.errand == made.errand for each in case.snoozes)
        add(session, case.id, made.errand, step=PROMISED + count, at=morning)


def _wait(session: Session, row: DueRow | None, due: Errand, case: Case, desk: Desk) -> None:
    """What was settled and is not after all begins where it was."""
    if row is None:
        add(session, case.id, due.name, step=0, at=first(due, case, desk))
    elif row.state == "dropped":
        morning = desk.calendar().next_morning(desk.now)
        row.state, row.due_at = "waiting", max(row.due_at, morning)
        session.add(row)


def add(session: Session, case: str, kind: str, *, step: int, at: datetime) -> None:
    about = {"subject_kind": USE, "subject_id": case}
    session.add(DueRow(id=uuid4().hex, **about, kind=kind, step=step, due_at=at))


def step_on(
    session: Session, row: DueRow, due: Errand, case: Case, desk: Desk, *, at_once: bool = False
) -> None:
    """The row for the step that comes after it, if one does; `at_once`: this one was not said, as it is late."""
    number = own_step(row.step, due, desk)
    at = after(number, due, case, desk, spaced=not at_once)
    if at is None:
        return
    if row.step < PROMISED:
        add(session, case.id, row.kind, step=row.step + 1, at=at)
        return
    for each in _rows(session, case.id):
        if each.kind == row.kind and each.state == "waiting" and each.step < PROMISED:
            each.due_at = max(each.due_at, at)
            session.add(each)


def _rows(session: Session, case: str) -> list[DueRow]:
    found = select(DueRow).where(
        DueRow.subject_kind == USE, DueRow.subject_id == case, col(DueRow.kind).contains(":")
    )
    return list(session.exec(found.order_by(col(DueRow.step))).all())


def is_behind(session: Session) -> bool:
    row = session.get(DoneRow, CAUGHT_UP)
    return row is None or not row.outcome.get("whole")


def catch_up(session: Session, desk: Desk) -> None:
    """Some more of the uses that were approved before; each is gone through once."""
    if not is_behind(session):
        return
    row = session.get(DoneRow, CAUGHT_UP) or DoneRow(key=CAUGHT_UP, outcome={"after": ""}, at=desk.now)
    wanted = select(UseRow.id).where(col(UseRow.id) > row.outcome["after"], col(UseRow.state).in_(MAY_WAIT))
    ids = session.exec(wanted.order_by(UseRow.id).limit(AT_ONCE)).all()
    for id in ids:
        if (case := load(session, id)) is not None:
            follow(session, None, case, desk)
    row.outcome = {"after": ids[-1] if ids else "", "whole": len(ids) < AT_ONCE}
    session.add(row)
