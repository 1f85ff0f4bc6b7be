"""What a row that fell due calls for as things stand now, and whom it is for."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from store import aims_nudging, due, training_calls
from store.aims_due import AIMS
from store.asking import ASK, TO_READ
from store.leaving import PERSON, owners
from store.records import load
from store.tables import DueRow, PlanRow, UseRow
from store.trained import SUBJECT as TRAINING
from triage import climbing
from triage.case import Case
from triage.climbing import Call
from triage.deadlines import Nudge, nudge
from triage.desk import Desk

log = logging.getLogger(__name__)


class Wish(NamedTuple):
    """What a row calls for as things stand now: about a deadline, or of what waits on an approved use."""

    people: tuple[str, ...]
    deadline: Nudge | None = None
    call: Call | None = None


def concerned(session: Session, desk: Desk) -> frozenset[str]:
    """Whose own the uses are of which something fell due, and who is to learn something; who else is written to is
    known with their roles.
    """
    rows = due.ripe(session, now=desk.now)
    if not rows:
        return frozenset()
    uses = select(UseRow.owner_id, UseRow.requester_id).where(
        col(UseRow.id).in_({row.subject_id for row in rows})
    )
    found = {person for pair in session.exec(uses) for person in pair if person}
    for person in [row.subject_id for row in rows if row.subject_kind == PERSON]:
        found |= {person, *owners(session, person)}
    found |= {row.subject_id.rpartition("|")[2] for row in rows if row.subject_kind in (ASK, TO_READ)}
    found |= aims_nudging.owners(session, rows) | training_calls.called(session, rows, desk)
    monitors = select(PlanRow.monitor).where(col(PlanRow.use_id).in_({row.subject_id for row in rows}))
    return frozenset(found | {person for person in session.exec(monitors) if person})


def written_to(session: Session, desk: Desk) -> frozenset[str]:
    """Whom that what fell due is for, before anything is done about it."""
    return frozenset(
        person for row in due.ripe(session, now=desk.now) for person in _people(session, row, desk)
    )


def _people(session: Session, row: DueRow, desk: Desk) -> tuple[str, ...]:
    """Nobody where it cannot be looked at, which is told when it is."""
    if row.subject_kind in (ASK, TO_READ):
        return (row.subject_id.rpartition("|")[2],)
    try:
        if row.subject_kind == AIMS:
            return aims_nudging.people_of(session, row, desk)
        if row.subject_kind == TRAINING:
            return training_calls.people_of(session, row, desk)
        wish = wish_of(row, load(session, row.subject_id), desk)
    except DBAPIError:
        raise
    except Exception:
        log.info("Whom something is for could not be read", extra={"due": row.id})
        return ()
    return wish.people if wish else ()


def wish_of(row: DueRow, case: Case | None, desk: Desk) -> Wish | None:
    if case is None:
        return None
    if ":" in row.kind:
        call = climbing.called(case, row.kind, row.step, desk)
        return Wish(call.people, call=call) if call else None
    wish = nudge(case, row.kind, desk)  # type: ignore[arg-type]
    return Wish(wish.people, deadline=wish) if wish else None


def still_due(
    session: Session, person: str, about: Iterable[Sequence[Any]], desk: Desk
) -> list[tuple[Case, Nudge]]:
    """What of it this person is still to be told, a moment before it is sent."""
    cases = [(load(session, id), kind) for id, kind, *_ in about]
    found = [(case, nudge(case, kind, desk)) for case, kind in cases if case is not None and ":" not in kind]
    return [(case, wish) for case, wish in found if wish and person in wish.people]
