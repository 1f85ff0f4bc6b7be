"""What waits for somebody's move on an approved use, as due rows: one at a time, the next once the last was said."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from store import offers, silent
from store.apart import tried
from store.records import USE, load
from store.tables import DoneRow, DueRow, UseRow
from triage.case import Case, Status
from triage.climbing import PROMISED, after, at_step, holder_of, own_step
from triage.desk import Desk
from triage.errands import Errand, errands
from triage.orphans import unit_place

log = logging.getLogger(__name__)

AT_ONCE = 50
CAUGHT_UP = "due:errands:pattern"
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
    if case.status is Status.draft and (before is None or before.status is Status.draft):
        return silent.follow(session, before, case, desk)
    was = errands(before, desk) if before is not None else ()
    now = errands(case, desk)
    if not was and not now:
        return False
    rows = _rows(session, case.id)
    if before is not None:
        _hand_on(session, rows, before, case, now, desk)
    for row in rows:
        if row.state == "waiting" and row.kind not in {each.name for each in now}:
            row.state = "dropped"
            session.add(row)
    known = {row.kind: row for row in rows if row.step < PROMISED}
    sooner = {each.name for each in now for old in was if old.name == each.name and each.due < old.due}
    for each in now:
        _wait(session, known.get(each.name), each, case, desk, sooner=each.name in sooner)
    return was != now


def begin(session: Session, id: str, desk: Desk) -> None:
    """Rows for what waits of a use; one that is damaged has none, and holds up no other."""

    def follow_it() -> None:
        if (case := load(session, id)) is not None:
            follow(session, None, case, desk)

    if (bug := tried(session, follow_it)) is not None:
        log.error("What waits of a use could not be looked at", extra={"use": id}, exc_info=bug)


def put_off(session: Session, before: Case | None, case: Case, desk: Desk) -> None:
    """What somebody wants to hear of again later: one row for the promise, and nobody else hears of it before."""
    rows = _rows(session, case.id) if case.snoozes else []
    for made in case.snoozes[len(before.snoozes) if before else 0 :]:
        calendar = desk.calendar(made.by)
        morning = calendar.morning(made.until, desk.now)
        for row in (row for row in rows if row.kind == made.errand and row.state == "waiting"):
            if row.step < PROMISED:
                row.due_at = max(row.due_at, calendar.next_morning(morning))
            else:
                row.state = "dropped"  # the later promise takes the place of the one before
            session.add(row)
        promise(session, rows, case.id, made.errand, at=morning)


def promise(session: Session, rows: list[DueRow], case: str, kind: str, *, at: datetime) -> None:
    """One more word to whoever it waits for, whatever its ladder says."""
    last = max((row.step for row in rows if row.kind == kind), default=0)
    add(session, case, kind, step=max(last, PROMISED) + 1, at=at)


def _hand_on(
    session: Session, rows: list[DueRow], before: Case, case: Case, now: tuple[Errand, ...], desk: Desk
) -> None:
    """Whoever it waits for from now on hears of what somebody else was reminded of."""
    was = {each.name: holder_of(each, before, desk) for each in errands(before, desk)}
    for each in now:
        begun = any(row.kind == each.name and row.state == "done" for row in rows)
        person = holder_of(each, case, desk)
        if begun and was.get(each.name, person) != person:
            promise(session, rows, case.id, each.name, at=desk.calendar(person).next_morning(desk.now))


def _wait(session: Session, row: DueRow | None, due: Errand, case: Case, desk: Desk, *, sooner: bool) -> None:
    """What was settled and is not after all begins where it was; `sooner`: its day is nearer than it was."""
    if row is None:
        add(session, case.id, due.name, step=0, at=at_step(0, due, case, desk))
        if due.kind == "owner" and unit_place(case, desk) is not None:
            offers.want(session, "orphans", case.unit, desk)
    elif row.state == "dropped":
        morning = desk.calendar().next_morning(desk.now)
        row.state, row.due_at = "waiting", max(row.due_at, morning)
        session.add(row)
    elif row.state == "waiting" and sooner:
        row.due_at = min(row.due_at, at_step(row.step, due, case, desk))
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


def skip(session: Session, row: DueRow, due: Errand, case: Case, desk: Desk) -> None:
    """It is said to nobody; the next step comes in its own time."""
    row.state = "done"
    step_on(session, row, due, case, desk, at_once=True)


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
        begin(session, id, desk)
    row.outcome = {"after": ids[-1] if ids else "", "whole": len(ids) < AT_ONCE}
    session.add(row)
