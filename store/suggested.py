"""What lies in the box of a model's words, as it is looked for: to be shown, and to be pressed or changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session, col, select

from store import recounted
from store.incident_owed import INCIDENT
from store.incidents import case_of
from store.incidents import load as load_incident
from store.records import USE, load
from store.tables import ConsultRow
from triage.case import Case
from triage.consulting import About, Suggestion
from triage.incidents.incident import Incident

ANSWERED = "model.answered"


def suggestions(session: Session, case: str) -> tuple[Suggestion, ...]:
    """What a model read, the newest first; each question once."""
    return tuple(each for _, each in by_question(session, case).values())


def by_question(session: Session, case: str) -> dict[str, tuple[str, Suggestion]]:
    """The same, each with what the model was asked, by id."""
    found: dict[str, tuple[str, Suggestion]] = {}
    for row in session.exec(_done(case, About.reading).order_by(col(ConsultRow.asked_at).desc())):
        for each in suggestions_in(row.said):
            found.setdefault(each.question, (row.id, each))
    return found


def drafts(session: Session, case: str, person: str) -> dict[About, str]:
    """What was drafted for this person's next decision about it, and that they have not said is of no use."""
    found: dict[About, str] = {}
    for about in (About.condition, About.decline):
        mine = _done(case, about).where(ConsultRow.asked_by == person)
        row = session.exec(mine.order_by(col(ConsultRow.asked_at).desc())).first()
        if row is not None and row.said and not row.made:
            found[about] = str(row.said["text"])
    return found


def _done(case: str, about: About) -> Any:
    of = (ConsultRow.subject_kind == USE, ConsultRow.subject_id == case, ConsultRow.about == about.value)
    return select(ConsultRow).where(*of, ConsultRow.state == "done")


def suggestions_in(said: Mapping[str, Any]) -> Iterator[Suggestion]:
    yield from (Suggestion.model_validate(each) for each in said.get("suggestions", ()))


def sealed(session: Session, row: ConsultRow) -> dict[str, Any]:
    """What the trail committed to, whatever the box says by now; nothing where it was erased."""
    for line in recounted.lines(session, row.subject_id):
        if line.what == ANSWERED and line.detail.get("consult") == row.id:
            said: dict[str, Any] = json.loads(line.texts.get("said") or "{}")
            return said
    return {}


def told(session: Session, id: str) -> tuple[ConsultRow, Case | None, Incident | None] | None:
    """What was said, with what it is about; None where nothing is left of it."""
    row = session.get(ConsultRow, id)
    if row is None or row.state not in ("done", "settled") or not row.said:
        return None
    if row.subject_kind == INCIDENT:
        incident = load_incident(session, row.subject_id)
        return None if incident is None else (row, case_of(session, incident), incident)
    case = load(session, row.subject_id)
    return None if case is None else (row, case, None)
