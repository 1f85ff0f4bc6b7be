"""Clocks of incidents that come near their end: one message for each person, one line of the trail, never twice.

They wait for nobody's working day, since the law's clock does not.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from sqlmodel import Session

from store import audit, counting, outbox
from store.apart import park, tried
from store.engine import Store
from store.incident_owed import INCIDENT, URGENT, owe
from store.incidents import case_of, load
from store.tables import DueRow
from triage.desk import Desk
from triage.incidents.clocks import waiting
from triage.incidents.outcome import About, Tell
from triage.incidents.reminding import people_of


def remind(store: Store, desk: Desk, *, place: str | None = None) -> int:
    """Whatever fell due by now, each once, in however many processes; says how many rows were closed."""
    with store.read() as session:
        if not counting.ripe(session, desk.now):
            return 0
    with store.write() as session:
        session.execute(audit.HEAD)  # two who look at once come one after the other
        rows = counting.ripe(session, desk.now)
        by_incident: dict[str, list[DueRow]] = defaultdict(list)
        for row in rows:
            by_incident[row.subject_id].append(row)
        for incident, due in by_incident.items():
            where = place or desk.place_of_incidents
            bug = tried(session, partial(_remind, session, incident, due, desk, where))
            if bug is not None:
                park(session, due, bug)
    return len(rows)


def _drop(session: Session, due: list[DueRow]) -> None:
    """Else so many of them would stand before all that comes later."""
    for row in due:
        counting.done(session, row, None, row.due_at)


def _remind(session: Session, id: str, due: list[DueRow], desk: Desk, place: str | None) -> None:
    incident = load(session, id)
    if incident is None:
        _drop(session, due)
        return
    runs = {each.id: each for each in waiting(incident, case_of(session, incident), desk)}
    told: dict[str, list[str]] = defaultdict(list)
    for row in due:
        running = runs.get(row.kind)
        counting.done(session, row, running, desk.now)
        for person in people_of(incident, running, desk) if running is not None else ():
            told[person].append(row.kind)
    if not told:
        return
    audit.append(
        session,
        "incident.reminded",
        actor=None,
        subject_kind=INCIDENT,
        subject_id=id,
        detail={
            "people": sorted(told),
            "clocks": sorted({clock for clocks in told.values() for clock in clocks}),
            "ref": incident.ref,
        },
        at=desk.now,
    )
    for person, clocks in sorted(told.items()):
        outbox.put(
            session,
            kind="post",
            person_id=person,
            subject_kind=INCIDENT,
            subject_id=id,
            payload={"say": INCIDENT, "about": About.clocks.value, "clocks": clocks},
            priority=URGENT,
            now=desk.now,
        )
    owe(session, incident, Tell(about=About.card), place, desk)
