"""What waits for one person's yes among the entries of the management system: counted by rows, the first read whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, func, select

from store.aims_shown import shown
from store.entries import of_kind, of_rows
from store.tables import AimsEntryRow, AimsStepRow
from triage.aims.entry import Entry
from triage.aims.kinds import kinds
from triage.aims.standing import approvers
from triage.aims.statement import STATEMENT
from triage.aims.supplied import ASSESSMENT
from triage.desk import Desk

SAID = ("draft", "approve")
"""Whoever did one of these with a version says no yes to it any more."""


class Awaited(NamedTuple):
    """The first of what waits, the oldest first; `more`: so many wait besides."""

    first: tuple[Entry, ...] = ()
    more: int = 0


def awaited(session: Session, person: str, desk: Desk, most: int) -> Awaited:
    """As `triage.aims.standing.approvers` says it of each; the statement of applicability has a window of its own."""
    theirs = [
        id
        for id, kind in kinds().items()
        if id != STATEMENT and any(desk.holds(person, role) for role in kind.approvers)
    ]
    if not theirs:
        return Awaited()
    waits = (col(AimsEntryRow.proposed).is_not(None), col(AimsEntryRow.kind).in_(theirs))
    found = (*waits, ~_said_by(_names(session, waits, person, desk)), ~_is_theirs(person))
    count, rows = _oldest(session, found, most)
    if count > len(rows) or any(row.kind == ASSESSMENT for row in rows):
        count, rows = _oldest(
            session, (*found, col(AimsEntryRow.id).not_in(_not_theirs(session, person, desk))), most
        )
    read = [shown(session, each) for each in of_rows(session, rows) if person in approvers(each, desk)]
    return Awaited(tuple(read), count - len(rows))


def _oldest(session: Session, found: Sequence[Any], most: int) -> tuple[int, Sequence[AimsEntryRow]]:
    count = session.exec(select(func.count()).select_from(AimsEntryRow).where(*found)).one()
    query = select(AimsEntryRow).where(*found).order_by(col(AimsEntryRow.updated_at), AimsEntryRow.ref)
    return count, session.exec(query.limit(most)).all() if count else []


def _not_theirs(session: Session, person: str, desk: Desk) -> list[str]:
    """Assessments of suppliers that lack a part, or of which they wrote one: no row tells that."""
    known = of_kind(session, ASSESSMENT, "in_force", "proposed")
    return [each.id for each in known if each.proposed is not None and person not in approvers(each, desk)]


def _is_theirs(person: str) -> Any:
    """What they answer for and is done with acts: somebody else agrees to its new version (triage/aims/ruling.py)."""
    moved = [id for id, kind in kinds().items() if kind.acts]
    owned = and_(col(AimsEntryRow.owner).is_not(None), col(AimsEntryRow.owner) == person)
    return and_(owned, col(AimsEntryRow.in_force).is_not(None), col(AimsEntryRow.kind).in_(moved))


def _names(session: Session, waits: Sequence[Any], person: str, desk: Desk) -> list[str]:
    """Under which ids they drafted or approved: one human being may have several."""
    by = select(AimsStepRow.by).join(AimsEntryRow, col(AimsEntryRow.id) == AimsStepRow.entry_id)
    known = session.exec(by.where(*waits, col(AimsStepRow.kind).in_(SAID)).distinct()).all()
    return [person, *(each for each in known if each and desk.same(person, each))]


def _said_by(names: Sequence[str]) -> Any:
    """Whether one of them drafted the version that waits, which is the last, or said yes to it."""
    step, draft = aliased(AimsStepRow), aliased(AimsStepRow)
    of_entry = col(draft.entry_id) == col(AimsEntryRow.id)
    last = select(func.max(draft.number)).where(of_entry, draft.kind == "draft").correlate(AimsEntryRow)
    return exists().where(
        col(step.entry_id) == col(AimsEntryRow.id),
        col(step.by).in_(names),
        col(step.kind).in_(SAID),
        col(step.number) >= last.scalar_subquery(),
    )
