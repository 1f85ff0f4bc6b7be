"""What hangs on an incident, for a hold: the uses it is or was said to be about, who has a part in it, its words."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlmodel import Session, col, select

from store.incident_owed import INCIDENT
from store.tables import AuditLineRow, AuditTextRow, IncidentRow, IncidentStepRow
from store.trail import record_of


def uses(session: Session, incidents: Collection[str]) -> frozenset[str]:
    if not incidents:
        return frozenset()
    now = session.exec(select(IncidentRow.use_id).where(col(IncidentRow.id).in_(incidents)))
    then = (str(step.detail["use"]) for step in _steps(session, incidents) if step.detail.get("use"))
    return frozenset({use for use in (*now, *then) if use})


def with_part(session: Session, person: str, incidents: Collection[str]) -> set[str]:
    """Those that they reported, see to, did something in, or were given something to do by."""
    if not incidents:
        return set()
    rows = session.exec(select(IncidentRow).where(col(IncidentRow.id).in_(incidents)))
    found = {row.id for row in rows if person in (row.reporter, row.coordinator)}
    steps = _steps(session, incidents)
    return found | {step.incident_id for step in steps if person in (step.by, step.detail.get("owner"))}


def words(session: Session, incidents: Collection[str]) -> Iterator[tuple[str, str]]:
    """By the incident, what people wrote of it."""
    for id in sorted(incidents):
        mark = col(AuditLineRow.sealed).contains(f'"subject":["{INCIDENT}","{id}"]', autoescape=True)
        for row in session.exec(select(AuditLineRow).where(mark)):
            line = record_of(row.sealed)
            if line is not None and line.subject == (INCIDENT, id):
                texts = session.exec(select(AuditTextRow.text).where(AuditTextRow.seq == row.seq))
                yield from ((id, text) for text in texts)


def _steps(session: Session, incidents: Collection[str]) -> Iterator[IncidentStepRow]:
    yield from session.exec(select(IncidentStepRow).where(col(IncidentStepRow.incident_id).in_(incidents)))
