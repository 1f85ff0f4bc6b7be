"""What could not be gone through, noted as put aside: it holds up no other, and operators see it.

Such a row is a note and nothing else. Where it is put back it is taken away, so that its subject is gone through again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from uuid import uuid4

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from store.apart import tried
from store.tables import DueRow

log = logging.getLogger(__name__)

TERMS, ASKS, LETTER, FOLLOWED, WEIGHING = "no-terms", "no-asks", "no-letter", "no-follow-up", "no-weighing"
BARRED = "no-barred"
"""By which it is known what was to be made, taken in, followed up, weighed or told of whom a training bars."""
NOTES = (TERMS, ASKS, LETTER, FOLLOWED, WEIGHING, BARRED)
PARKED = "parked"


def go_through(
    session: Session,
    kind: str,
    uses: Iterable[str],
    work: Callable[[str], object],
    now: datetime,
    *,
    private: bool = False,
) -> None:
    """Each use by itself; of one that is damaged nothing is done but the note.

    `private`: what is said of the fault may be somebody's words, so that its kind alone is told.
    """
    for id in uses:
        if (bug := tried(session, partial(work, id))) is not None:
            why, told = type(bug).__name__, None if private else bug
            said = {"use": id, "because": why}
            log.error("What waits of a use could not be looked at", extra=said, exc_info=told)
            note(session, kind, id, problem=why, at=now)


def note(session: Session, kind: str, id: str, *, problem: str, at: datetime, step: int = 0) -> DueRow:
    about = {"subject_kind": kind, "subject_id": id, "kind": kind}
    row = DueRow(id=uuid4().hex, **about, step=step, due_at=at, state=PARKED, problem=problem)
    session.add(row)
    session.flush()
    return row


def is_about(kind: str, id: object) -> tuple[ColumnElement[bool], ...]:
    """Of a note: by column or by value."""
    return col(DueRow.subject_kind) == kind, col(DueRow.subject_id) == id


def noted(session: Session, kind: str, id: str) -> DueRow | None:
    return session.exec(select(DueRow).where(*is_about(kind, id))).first()


def is_clear(session: Session, kind: str) -> bool:
    """Whether nothing of the kind is put aside."""
    return session.exec(select(DueRow.id).where(col(DueRow.subject_kind) == kind).limit(1)).first() is None


def tries_of(session: Session, kind: str) -> dict[str, int]:
    """By subject, how often what is gone through again by itself was tried in vain."""
    return dict(
        session.exec(select(DueRow.subject_id, DueRow.step).where(col(DueRow.subject_kind) == kind)).all()
    )
