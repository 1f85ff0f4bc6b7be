"""Whether a model's words are still for whoever asked: looked at before it is asked, when it answers, and when drawn.

Hours may lie between a press and its message, and roles, readers and confidence change meanwhile.
"""

from __future__ import annotations

from sqlmodel import Session

from store import incidents
from store.incident_owed import INCIDENT
from store.queries import may_see
from store.records import load
from store.tables import ConsultRow
from triage.case import Case
from triage.desk import Desk
from triage.incidents.incident import Incident
from triage.incidents.permissions import handles
from triage.incidents.permissions import may_see as may_see_incident
from triage.outcome import Refused
from triage.register import Reader
from triage.review import check_may_decide


def about(session: Session, row: ConsultRow) -> tuple[Case | None, Incident | None]:
    """What a question is about, as it is now."""
    if row.subject_kind != INCIDENT:
        return load(session, row.subject_id), None
    incident = incidents.load(session, row.subject_id)
    return (incidents.case_of(session, incident) if incident is not None else None), incident


def is_closed(case: Case | None, incident: Incident | None) -> bool:
    """For few eyes only: of this nothing leaves, unless the organisation said that it may."""
    if incident is not None and (incident.confidential or incident.now.anonymous):
        return True
    return case is not None and case.confidential


def may_have(
    session: Session,
    row: ConsultRow,
    case: Case | None,
    incident: Incident | None,
    reader: Reader | None,
    desk: Desk,
) -> bool:
    """`reader`: whoever asked for the draft. What nobody asked for stands at its question, for who is asked there."""
    if row.asked_by is None:
        return case is not None
    if reader is None or reader.person != row.asked_by:
        return False
    reads = case is not None and may_see(session, reader, case.id)
    if incident is not None:
        seen = may_see_incident(incident, reader.person, case, desk, reads_use=reads)
        return seen and handles(reader.person, desk)
    return reads and case is not None and _decides(case, reader.person, desk)


def _decides(case: Case, person: str, desk: Desk) -> bool:
    try:
        check_may_decide(case, person, desk)
    except Refused:
        return False
    return True
