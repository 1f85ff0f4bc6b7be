"""A queue narrowed to what somebody wants to see of it: by what lies in rows, and whole requests only where one was
taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from store.asks import YES, Waiting
from store.queries import named
from store.records import load
from store.tables import AskRow, AssignmentRow
from triage.assigning import had_beside
from triage.desk import Desk
from triage.narrowing import Narrowed, fits

AT_ONCE = 500


def narrowed(
    session: Session, waiting: Sequence[Waiting], wanted: Narrowed, person: str, desk: Desk
) -> tuple[Waiting, ...]:
    """In the same order."""
    found = [
        each for each in waiting if not wanted.late or (each.due_at is not None and each.due_at < desk.now)
    ]
    if wanted.role:
        asked = _asked(session, found, wanted.role)
        found = [each for each in found if each.id in asked]
    if wanted.tier or wanted.before or wanted.words:
        fitting = _fitting(session, found, wanted)
        found = [each for each in found if each.id in fitting]
    if wanted.whose:
        mine = wanted.whose == "mine"
        taken = dict(_taken(session, found, person, desk, mine=mine))
        found = [each for each in found if (taken.get(each.id) is True if mine else each.id not in taken)]
    return tuple(found)


def _parts(waiting: Sequence[Waiting]) -> Iterator[list[str]]:
    for start in range(0, len(waiting), AT_ONCE):
        yield [each.id for each in waiting[start : start + AT_ONCE]]


def _asked(session: Session, waiting: Sequence[Waiting], role: str) -> set[str]:
    query = select(AskRow.use_id).where(AskRow.kind == YES, AskRow.role == role)
    return {id for part in _parts(waiting) for id in session.exec(query.where(col(AskRow.use_id).in_(part)))}


def _fitting(session: Session, waiting: Sequence[Waiting], wanted: Narrowed) -> set[str]:
    return {e.id for part in _parts(waiting) for e in named(session, part) if fits(e, wanted)}


def _taken(
    session: Session, waiting: Sequence[Waiting], person: str, desk: Desk, *, mine: bool
) -> Iterator[tuple[str, bool]]:
    """Those that somebody has, and whether that is this person; `mine`: only of what was given to them once."""
    given = select(AssignmentRow.use_id, AssignmentRow.person_id).where(AssignmentRow.kind != "recused")
    for part in _parts(waiting):
        rows = session.exec(given.where(col(AssignmentRow.use_id).in_(part)).distinct())
        for id in dict.fromkeys(id for id, whom in rows if not mine or desk.same(whom, person)):
            case = load(session, id)
            had = had_beside(case, person, desk) if case is not None else ()
            if had:
                yield id, any(desk.same(each.person, person) for each in had)
