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
from store.tables import DueRow
from triage.case import Case
from triage.desk import Desk
from triage.drafts import NAME, SILENT, put_aside_on, silent_on, waits

ASIDE = "silent"
"""The row that is worked off by its own look, since more than a word follows from it."""
AT_ONCE = 50


def follow(session: Session, before: Case | None, case: Case, desk: Desk) -> bool:
    """Whether a list in which it stands reads otherwise now."""
    if before is None:
        _add(session, case.id, NAME, _morning(case, desk))
        return False
    was = bool(before.talk and before.talk.shelved)
    return was != bool(case.talk and case.talk.shelved)


def moved(row: DueRow, case: Case | None, desk: Desk) -> bool:
    """They went on in between: it is looked at when they could be silent again."""
    if row.kind != NAME or case is None or not waits(case):
        return False
    then = _morning(case, desk)
    if then <= desk.now:
        return False
    row.due_at = then
    return True


def announced(session: Session, case: Case, desk: Desk) -> None:
    """They were told on which day it is put aside."""
    _add(session, case.id, ASIDE, desk.calendar(case.requester).morning(put_aside_on(case, desk), desk.now))


def to_put_aside(session: Session, desk: Desk) -> Sequence[str]:
    """Those whose day has come; of whoever went on, it is a later day."""
    ripe = select(DueRow).where(DueRow.state == "waiting", DueRow.due_at <= desk.now, DueRow.kind == ASIDE)
    found: list[str] = []
    for row in session.exec(ripe.order_by(col(DueRow.due_at)).limit(AT_ONCE)).all():
        if (bug := tried(session, partial(_look, session, row, desk, found))) is not None:
            park(session, [row], bug)
    return found


def _look(session: Session, row: DueRow, desk: Desk, found: list[str]) -> None:
    session.add(row)
    case = load(session, row.subject_id)
    if case is None or not waits(case):
        row.state = "dropped"
    elif silent_on(case, desk) + SILENT > desk.day:
        row.due_at = desk.calendar(case.requester).morning(silent_on(case, desk) + SILENT, desk.now)
    else:
        found.append(row.subject_id)  # it waits until that is carried out, which drops it at the next look


def give_up(session: Session, case: str, bug: Exception) -> None:
    """It could not be put aside: that waits until the cause is mended, and no other draft does."""
    rows = select(DueRow).where(DueRow.subject_id == case, DueRow.kind == ASIDE, DueRow.state == "waiting")
    park(session, session.exec(rows).all(), bug)


def _morning(case: Case, desk: Desk) -> datetime:
    return desk.calendar(case.requester).morning(silent_on(case, desk), desk.now)


def _add(session: Session, case: str, kind: str, at: datetime) -> None:
    known = select(DueRow).where(DueRow.subject_kind == USE, DueRow.subject_id == case, DueRow.kind == kind)
    if session.exec(known).first() is None:
        session.add(DueRow(id=uuid4().hex, subject_kind=USE, subject_id=case, kind=kind, due_at=at))


def any_ripe(session: Session, *, now: datetime) -> bool:
    ripe = select(DueRow.id).where(DueRow.state == "waiting", DueRow.due_at <= now, DueRow.kind == ASIDE)
    return session.exec(ripe.limit(1)).first() is not None
