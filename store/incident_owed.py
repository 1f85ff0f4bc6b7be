"""Messages owed about incidents: one card each, drawn anew, and words to those who have to act."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from store import outbox
from store.addresses import stands
from store.outbox import OPEN
from store.tables import AddressRow, IncidentRow, IncidentStepRow, OutboxRow, PlaceRow
from triage.case import Case
from triage.desk import Desk
from triage.incidents.incident import Incident
from triage.incidents.outcome import About, Tell

INCIDENT = "incident"
"""The kind of subject of its lines and messages."""
CARD = "incident_card"
URGENT, LATER = 0, 1


def owe(session: Session, incident: Incident, tell: Tell, place: str | None, desk: Desk) -> None:
    if tell.to:
        _to_person(session, incident, tell, tell.to, desk.now)
    elif place is not None:
        owe_card(session, incident.id, place, desk.now)
    else:
        for lead in sorted(desk.roles.get("governance_lead", ())):
            _to_person(session, incident, tell, lead, desk.now)


def of_use(session: Session, use: str) -> list[str]:
    """The incidents about it, whose cards tell of it."""
    return list(session.exec(select(IncidentRow.id).where(IncidentRow.use_id == use)).all())


def stopped_it(session: Session, use: str) -> list[str]:
    """Those because of which it was stopped: their cards say how it stands since."""
    wanted = select(IncidentStepRow.incident_id).join(
        IncidentRow, col(IncidentRow.id) == IncidentStepRow.incident_id
    )
    mine = wanted.where(IncidentRow.use_id == use, IncidentStepRow.kind == "suspend")
    return sorted(set(session.exec(mine).all()))


def follow(session: Session, before: Case | None, case: Case, desk: Desk) -> None:
    """Cards that tell of a use, once it became confidential, or stands otherwise after one of them stopped it."""
    if before is None:
        return
    closed = of_use(session, case.id) if case.confidential and not before.confidential else []
    moved = stopped_it(session, case.id) if case.status is not before.status else []
    for incident in dict.fromkeys((*closed, *moved)):
        owe_card(session, incident, desk.place_of_incidents, desk.now)


def owe_card(session: Session, incident: str, place: str | None, now: datetime) -> None:
    """One message, drawn anew with everything that happens; so are those in places where cards went before."""
    for each in dict.fromkeys((place, *_stood(session, incident))):
        if each is not None:
            _owe_card(session, incident, each, now)


def _stood(session: Session, incident: str) -> list[str]:
    places = select(AddressRow.place_id).where(
        AddressRow.subject_kind == INCIDENT, AddressRow.subject_id == incident, AddressRow.purpose == CARD
    )
    able = places.join(PlaceRow, col(PlaceRow.id) == AddressRow.place_id).where(~col(PlaceRow.archived))
    return sorted(session.exec(able).all())


def _owe_card(session: Session, incident: str, place: str, now: datetime) -> None:
    name = f"{INCIDENT}:{incident}:{place}"
    outbox.put(
        session,
        kind="update" if _stands(session, incident, place, name) else "post",
        place_id=place,
        subject_kind=INCIDENT,
        subject_id=incident,
        purpose=CARD,
        payload={"say": INCIDENT, "about": About.card.value},
        priority=LATER,
        coalesce=name,
        now=now,
    )


def _stands(session: Session, incident: str, place: str, name: str) -> bool:
    """Or is on its way: then what it will show is what holds when it is sent, and a change comes behind it."""
    if stands(session, incident, CARD, place, kind=INCIDENT) is not None:
        return True
    waits = select(OutboxRow.id).where(
        OutboxRow.coalesce == name, OutboxRow.kind == "post", col(OutboxRow.state).in_(OPEN)
    )
    return session.exec(waits.limit(1)).first() is not None


def _to_person(session: Session, incident: Incident, tell: Tell, person: str, now: datetime) -> None:
    about = f"{tell.about.value}:{tell.step}" if tell.step else tell.about.value
    outbox.put(
        session,
        kind="post",
        person_id=person,
        subject_kind=INCIDENT,
        subject_id=incident.id,
        purpose=f"{INCIDENT}:{about}",
        payload={"say": INCIDENT, "about": tell.about.value, "step": tell.step},
        priority=URGENT,
        now=now,
    )


# -- reads
