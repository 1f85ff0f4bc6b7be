"""Who needs which skills and trainings in which role, out of the rows, and in which unit each of them works."""

from __future__ import annotations

from sqlmodel import Session, col, select

from store import readers, trained
from store.entries import of_kinds
from store.standing import colleagues
from store.tables import UseRow
from store.trainees import OWNER
from triage.aims.competence import KIND
from triage.aims.matrix import Cell, Needed, learned, matrix, skilled
from triage.aims.training import KIND as TRAINING
from triage.aims.training import trainees
from triage.desk import Desk
from triage.digest import IN_USE


def needed(session: Session, desk: Desk) -> list[Needed]:
    """Of colleagues who are here; a role that nobody holds needs nothing of anybody."""
    found: list[Needed] = []
    here = colleagues(session, desk)
    roles = {role: held & here for role, held in desk.roles.items()} | {OWNER: _owners(session) & here}
    for entry in of_kinds(session, (TRAINING, KIND), "in_force", "proposed"):
        if entry.in_force is None:
            continue
        if entry.kind == KIND:
            found += skilled(entry, roles.get(str(entry.said("role")), frozenset()), desk.day)
        else:
            asked = (each for each in trainees(entry, trained.of(session, entry.id)) if each.person in here)
            found += learned(entry, asked, roles, desk.day)
    return found


def _owners(session: Session) -> frozenset[str]:
    """Who answers for what is in use; nobody is told of by what is confidential."""
    query = select(UseRow.owner_id).where(col(UseRow.state).in_(IN_USE), ~col(UseRow.confidential)).distinct()
    return frozenset(one for one in session.exec(query) if one)


def gaps(session: Session, desk: Desk) -> tuple[Cell, ...]:
    """The matrix: what is missing, unit by unit and role by role."""
    return matrix(needed(session, desk), readers.units(session))
