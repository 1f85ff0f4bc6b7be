"""How many steps of the set-up stand how, and how much of the daily work is open, counted by rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, func, select

from store.tables import AimsEntryRow
from triage.aims.standing import BESIDES, CLOSED, ORDER, WORK, State, Worked


def counts(session: Session) -> dict[State, int]:
    """As `triage.aims.standing` says it of the entries themselves."""
    kinds = [kind for kind in ORDER if kind not in BESIDES]
    wanted = select(AimsEntryRow.kind, AimsEntryRow.state).where(
        col(AimsEntryRow.kind).in_(kinds), col(AimsEntryRow.state).in_(("in_force", "proposed"))
    )
    found = set(session.exec(wanted.distinct()).all())
    told: dict[State, int] = {"in_place": 0, "waits": 0, "missing": 0}
    for kind in kinds:
        told[_state(kind, found)] += 1
    return told


def _state(kind: str, found: set[tuple[str, str]]) -> State:
    if (kind, "in_force") in found:
        return "in_place"
    return "waits" if (kind, "proposed") in found else "missing"


def work(session: Session, day: date) -> Sequence[Worked]:
    """Each kind of the daily work, also where nothing of it is there."""
    row = AimsEntryRow
    counts = (col(row.state) == "in_force") & (col(row.stage) != CLOSED)
    wanted = select(
        row.kind,
        func.count().filter(counts),
        func.count().filter(counts, col(row.due) < day),
        func.count().filter(col(row.proposed).is_not(None)),
    )
    every = wanted.add_columns(func.count()).where(col(row.kind).in_(WORK)).group_by(row.kind)
    found = {kind: numbers for kind, *numbers in session.connection().execute(every)}
    return [_worked(kind, *found.get(kind, (0, 0, 0, 0))) for kind in WORK]


def _worked(kind: str, still: int, late: int, waiting: int, ever: int) -> Worked:
    return Worked(kind=kind, ever=ever, still=still, late=late, waiting=waiting)
