"""What a model is asked about, as the store has it at that moment: words, facts, and whether it may leave at all."""

from __future__ import annotations

from typing import Any, NamedTuple

from bot.model.facts import facts_for, of_incident, of_use, text_of
from bot.slack.front import Front
from store.decided import decided_beside
from store.entitled import about as told_about
from store.entitled import is_closed, may_have
from store.records import load
from store.sessions import Session
from store.tables import ConsultRow
from triage.case import Case
from triage.consulting import About, waits_for, waits_for_incident
from triage.desk import Desk
from triage.nearest import nearest
from triage.register import Reader


class Subject(NamedTuple):
    """What people wrote, what else is told of it, and whether it is for few eyes only."""

    text: str
    facts: dict[str, Any]
    closed: bool


def subject_of(front: Front, session: Session, row: ConsultRow, desk: Desk) -> Subject | None:
    """None where nobody waits for it any more, or whoever does may not read it."""
    about = About(row.about)
    case, incident = told_about(session, row)
    closed = is_closed(case, incident)
    if not may_have(session, row, case, incident, reader_of(front, row, desk), desk):
        return None
    if incident is not None:
        if not waits_for_incident(incident):
            return None
        return Subject(incident.now.words, {"facts": of_incident(incident, case)}, closed)
    if case is None or not waits_for(about, case, row.turn):
        return None
    facts = facts_for(about, case, desk)
    if about is About.difference:
        facts["earlier"] = _earlier(front, session, case, row, desk)
    return Subject(row.text or text_of(case), facts, closed)


def reader_of(front: Front, row: ConsultRow, desk: Desk) -> Reader | None:
    """Whoever asked for a draft, as they are now; None where nobody did."""
    return front.reader(row.asked_by, desk) if row.asked_by else None


def _earlier(
    front: Front, session: Session, case: Case, row: ConsultRow, desk: Desk
) -> list[tuple[str, str]]:
    """The decision that is nearest, if whoever asked may see it, and it is nobody's secret."""
    decided = decided_beside(session, front.reader(row.asked_by or "", desk), case)
    near = nearest(case, decided, desk.form)
    found = load(session, near.use.id) if near is not None else None
    return of_use(found, desk) if found is not None and not found.confidential else []
