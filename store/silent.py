"""Drafts that nobody goes on with, as due rows: made at their beginning, and moved when they fall due.

An answer costs nothing here: whether they went on is asked when the row is ripe.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import uuid4

from sqlmodel import Session, col, select

from store.apart import park, tried
from store.records import USE, load
from store.tables import DoneRow, DueRow
from triage.case import Case
from triage.climbing import PROMISED
from triage.desk import Desk
from triage.drafts import NAME, SILENT, put_aside_on, said_last, silent_on, waits

ASIDE = "silent"
"""The row that is worked off by its own look, since more than a word follows from it."""
AT_ONCE = 50


def follow(session: Session, before: Case | None, case: Case, desk: Desk) -> bool:
    """Whether a list in which it stands reads otherwise now."""
    if before is None:
        if not _rows(session, case.id, NAME):
            _add(session, case.id, NAME, _morning(case, desk))
        return False
    was, now = (bool(each.talk and each.talk.shelved) for each in (before, case))
    if was and not now:
        _begin_again(session, case, desk)
    return was != now


def _begin_again(session: Session, case: Case, desk: Desk) -> None:
    """Taken up again it is reminded of and put aside as before, from now on."""
    for row in _rows(session, case.id, ASIDE):
        row.state = "dropped"
        session.add(row)
    rows = _rows(session, case.id, NAME)
    if any(row.state == "waiting" for row in rows):
        return
    step = max([PROMISED, *(row.step for row in rows)]) + 1
    _add(session, case.id, NAME, _in_two_weeks(case, desk), step=step)


def _in_two_weeks(case: Case, desk: Desk) -> datetime:
    calendar = desk.calendar(case.requester)
    return calendar.morning(calendar.day_of(desk.now) + SILENT, desk.now)


def _again(case: Case) -> str:
    """Under which it is known that they were reminded once more, though they had answered nothing since."""
    return f"{NAME}:{case.id}:{said_last(case).isoformat()}"


def moved(session: Session, row: DueRow, case: Case | None, desk: Desk) -> bool:
    """They went on in between, or were reminded twice of where they stopped: it is looked at again later."""
    if row.kind != NAME or case is None or not waits(case):
        return False
    then = _morning(case, desk)
    if row.step > PROMISED and session.get(DoneRow, _again(case)) is not None:
        then = _in_two_weeks(case, desk)
    if then <= desk.now:
        return False
    row.due_at = then
    return True


def announced(session: Session, row: DueRow, case: Case, desk: Desk) -> None:
    """They were told on which day it is put aside."""
    if row.step > PROMISED and session.get(DoneRow, _again(case)) is None:
        session.add(DoneRow(key=_again(case), at=desk.now))
    morning = desk.calendar(case.requester).morning(put_aside_on(case, desk), desk.now)
    for known in _rows(session, case.id, ASIDE):
        known.state, known.due_at = "waiting", morning
        session.add(known)
        return
    _add(session, case.id, ASIDE, morning)


def to_put_aside(session: Session, desk: Desk) -> Sequence[tuple[str, str]]:
    """Those whose day has come, with that day; of whoever went on, it is a later one."""
    ripe = select(DueRow).where(DueRow.state == "waiting", DueRow.due_at <= desk.now, DueRow.kind == ASIDE)
    found: list[tuple[str, str]] = []
    for row in session.exec(ripe.order_by(col(DueRow.due_at)).limit(AT_ONCE)).all():
        if (bug := tried(session, partial(_look, session, row, desk, found))) is not None:
            park(session, [row], bug)
    return found


def _look(session: Session, row: DueRow, desk: Desk, found: list[tuple[str, str]]) -> None:
    session.add(row)
    case = load(session, row.subject_id)
    if case is None or not waits(case):
        row.state = "dropped"
    elif silent_on(case, desk) + SILENT > desk.day:
        row.due_at = desk.calendar(case.requester).morning(silent_on(case, desk) + SILENT, desk.now)
    else:
        # It waits until that is carried out, which drops it at the next look.
        found.append((row.subject_id, row.due_at.date().isoformat()))


def give_up(session: Session, case: str, bug: Exception) -> None:
    """It could not be put aside: that waits until the cause is mended, and no other draft does."""
    park(session, [row for row in _rows(session, case, ASIDE) if row.state == "waiting"], bug)


def _morning(case: Case, desk: Desk) -> datetime:
    return desk.calendar(case.requester).morning(silent_on(case, desk), desk.now)


def _rows(session: Session, case: str, kind: str) -> Sequence[DueRow]:
    mine = (DueRow.subject_kind == USE, DueRow.subject_id == case, DueRow.kind == kind)
    return session.exec(select(DueRow).where(*mine)).all()


def _add(session: Session, case: str, kind: str, at: datetime, *, step: int = 0) -> None:
    session.add(DueRow(id=uuid4().hex, subject_kind=USE, subject_id=case, kind=kind, step=step, due_at=at))


def any_ripe(session: Session, *, now: datetime) -> bool:
    ripe = select(DueRow.id).where(DueRow.state == "waiting", DueRow.due_at <= now, DueRow.kind == ASIDE)
    return session.exec(ripe.limit(1)).first() is not None
