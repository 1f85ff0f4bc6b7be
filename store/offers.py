"""What a unit is asked to take over, or to say that it is theirs: one message, drawn again as things are settled.

`orphans`: approved uses whose owner left. `claims`: what an inventory names and nobody has said is theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from uuid import uuid4

from sqlmodel import Session, col, select

from store import offered
from store.offered import MOST, REST, UNIT, Place
from store.reachable import Quiet, later, today
from store.tables import DoneRow, DueRow
from triage.case import Case, Status
from triage.desk import Desk
from triage.ladders import offering
from triage.orphans import is_free
from triage.settling import LEAD

Kind = Literal["orphans", "claims"]
EVERY = "*"
"""A row that looks through all units: after an import, and from time to time for those that got a channel since."""
AGAIN = timedelta(days=7)


def want(session: Session, kind: Kind, unit: str, desk: Desk, *, at: datetime | None = None) -> None:
    """A message to that unit, unless one waits already; another on the same day comes on the next."""
    rows = _rows(session, kind, unit)
    if any(row.state == "waiting" for row in rows):
        return
    calendar = desk.calendar()
    had = any(row.state == "done" and calendar.day_of(row.due_at) == desk.day for row in rows)
    moment = at or (calendar.next_morning(desk.now) if had else calendar.opens(desk.now))
    step = max((row.step for row in rows), default=-1) + 1
    about = {"subject_kind": UNIT, "subject_id": unit, "kind": kind}
    session.add(DueRow(id=uuid4().hex, **about, step=step, due_at=moment))
    session.flush()


def look_through(session: Session, now: datetime) -> None:
    """After an import: whatever nobody has said is theirs is offered."""
    rows = _rows(session, "claims", EVERY)
    waiting = [row for row in rows if row.state == "waiting"]
    for row in waiting:
        row.due_at = min(row.due_at, now)
        session.add(row)
    if not waiting:
        about = {"subject_kind": UNIT, "subject_id": EVERY, "kind": "claims"}
        session.add(DueRow(id=uuid4().hex, **about, step=len(rows), due_at=now))


def look(
    session: Session, row: DueRow, desk: Desk, quiet: Quiet, *, told: Collection[str] = frozenset()
) -> None:
    """A row that fell due, judged by what is free now; `told`: who has their message of the day from the same look."""
    session.add(row)
    kind: Kind = "orphans" if row.kind == "orphans" else "claims"
    if row.subject_id == EVERY:
        _look_at_all(session, row, desk)
        return
    since = _round(session, kind, row.subject_id, row.step).since
    place = _where(kind, row.subject_id, desk)
    shown = offered.free(session, kind, row.subject_id, desk, since=since)
    if place is None or not shown:
        row.state = "dropped"
        return
    if (then := later(session, [place.person] if place.person else [], desk, quiet)) is not None:
        row.due_at = then
        return
    if place.person in told:
        row.due_at = desk.calendar(place.person).next_morning(desk.now)
        return
    row.state = "done"
    if place.person:
        session.add(DoneRow(key=today(place.person, desk), at=desk.now))
    offered.write(session, row, place, shown[: MOST[kind]], desk)
    if (days := _pause(session, kind, row)) is not None:
        want(session, kind, row.subject_id, desk, at=_in(days, desk))


def follow(session: Session, before: Case | None, case: Case, desk: Desk) -> None:
    """The messages in which a use stands, and what is asked next, after something became of it."""
    for kind, unit in offered.redraw(session, before, case, desk):
        _answered(session, kind, unit, desk)
    _move(session, before, case, desk)


def _answered(session: Session, kind: str, unit: str, desk: Desk) -> None:
    """Somebody there said something of theirs, so the rest is worth asking again."""
    if kind == "orphans":
        _go_on(session, unit, desk)
        return
    soon = _in(offering()[0], desk)
    want(session, "claims", unit, desk, at=soon)
    for row in _rows(session, "claims", unit):
        if row.state == "waiting" and row.due_at > soon:
            row.due_at = soon
            session.add(row)


def _go_on(session: Session, unit: str, desk: Desk) -> None:
    """Once all in the message is settled, what had no room in it is offered."""
    left = {case.id for case in offered.free(session, "orphans", unit, desk)}
    if left and left.isdisjoint(offered.shown(session, "orphans", unit)):
        want(session, "orphans", unit, desk)


def _move(session: Session, before: Case | None, case: Case, desk: Desk) -> None:
    """What is not theirs is asked of whoever leads."""
    if before is None or before.unit == case.unit or case.status is not Status.disclosed:
        return
    if case.unit not in desk.units and not case.confidential and is_free(case, desk):
        want(session, "claims", REST, desk)


def _in(days: int, desk: Desk) -> datetime:
    return desk.calendar().morning(desk.day + timedelta(days=days), desk.now)


def _look_at_all(session: Session, row: DueRow, desk: Desk) -> None:
    """Each unit is begun with, and again where something came since; in between its own rows say when it is asked."""
    row.state = "done"
    for unit in (*sorted(desk.units), REST):
        since = _round(session, "claims", unit).since
        if not _waits(session, unit) and offered.free(session, "claims", unit, desk, since=since):
            want(session, "claims", unit, desk)
    if offered.any_unclaimed(session):
        want(session, "claims", EVERY, desk, at=desk.now + AGAIN)


def _waits(session: Session, unit: str) -> bool:
    return any(row.state == "waiting" for row in _rows(session, "claims", unit))


def _where(kind: Kind, unit: str, desk: Desk) -> Place | None:
    """Whoever leads is asked about what has no channel, one of them."""
    if unit != REST:
        return Place(desk.units[unit], None) if unit in desk.units else None
    there = [each for each in sorted(desk.roles.get(LEAD, ())) if not desk.staff(each).gone]
    present = [each for each in there if not desk.away(each)] or there
    return Place(None, present[0]) if present and kind == "claims" else None


def _pause(session: Session, kind: Kind, row: DueRow) -> int | None:
    """Days until it is said again: more each time that nobody answered, and in the end not at all."""
    silent, spaces = _round(session, kind, row.subject_id, row.step).silent, offering()
    return spaces[silent] if kind == "claims" and silent < len(spaces) else None


class Round(NamedTuple):
    """`silent`: so many messages in a row that nobody answered; `since`: what was there before is asked no more."""

    silent: int = 0
    since: datetime | None = None


def _round(session: Session, kind: str, unit: str, step: int | None = None) -> Round:
    """Before that step. When a unit was asked to the end, only what comes after that begins anew."""
    silent, since, last = 0, None, len(offering())
    if kind != "claims":
        return Round()
    for row in _rows(session, kind, unit):
        if row.state == "waiting" or (step is not None and row.step >= step):
            continue
        if offered.was_answered(session, kind, unit, row.step):
            silent = 0
        elif silent < last:
            silent += 1
        else:
            silent, since = 0, offered.told_at(session, kind, unit, row.step)
    return Round(silent, since)


def left(session: Session, kind: str, unit: str, desk: Desk) -> int:
    """How many there are of what the newest message asks about, with those that had no room in it."""
    since = _round(session, kind, unit, offered.newest(session, kind, unit)).since
    return offered.count(session, kind, unit, desk, since=since)


def _rows(session: Session, kind: str, unit: str) -> Sequence[DueRow]:
    mine = (DueRow.subject_kind == UNIT, DueRow.subject_id == unit, DueRow.kind == kind)
    return session.exec(select(DueRow).where(*mine).order_by(col(DueRow.step))).all()
