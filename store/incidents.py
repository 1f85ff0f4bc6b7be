"""Incidents as the rows tell them, and the one way in which one is changed: in the transaction of its ledger.

The words of a step lie with its line of the trail, so they are proven and erased like all that people write.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from store import audit
from store.counting import follow
from store.holds import hold_marked
from store.incident_owed import CARD, INCIDENT, owe
from store.owed import publish_home
from store.records import load as load_case
from store.refs import next_ref
from store.tables import (
    AddressRow,
    AuditTextRow,
    DoneRow,
    IncidentRow,
    IncidentStepRow,
    UseRow,
)
from triage.case import Case
from triage.commands import Command
from triage.desk import Desk
from triage.incidents.decide import decide
from triage.incidents.incident import OVER, Incident, Step
from triage.incidents.outcome import About, Ruled
from triage.incidents.severity import severity_of
from triage.incidents.wishes import NameUse, OfIncidents, Report

HAPPENED = {
    "report": "reported",
    "take_up": "taken_up",
    "assess": "assessed",
    "name_use": "use_named",
    "classify": "classified",
    "contain": "contained",
    "suspend": "suspended",
    "note": "noted",
    "settle_clock": "clock_settled",
    "cause": "cause_recorded",
    "add_action": "action_added",
    "do_action": "action_done",
    "check_action": "action_checked",
    "noted_told": "told",
    "close": "closed",
    "reopen": "reopened",
    "reject": "rejected",
}
"""Each step as the trail calls it."""
AT_ONCE = 50


def load(session: Session, id: str) -> Incident | None:
    row = session.get(IncidentRow, id)
    return _incident(session, row) if row is not None else None


def by_ref(session: Session, ref: str) -> Incident | None:
    row = session.exec(select(IncidentRow).where(IncidentRow.ref == ref.strip().upper())).first()
    return _incident(session, row) if row is not None else None


def _incident(session: Session, row: IncidentRow) -> Incident:
    """About a use that was closed since, it is closed, too."""
    use = session.get(UseRow, row.use_id) if row.use_id and not row.confidential else None
    closed = row.confidential or (use is not None and use.confidential)
    return Incident(id=row.id, ref=row.ref, confidential=closed, steps=tuple(steps_of(session, row.id)))


def every_one(session: Session, until: datetime | None = None) -> Iterator[Incident]:
    """As they were at a moment: without the steps that came later."""
    ids = session.exec(select(IncidentRow.id).order_by(col(IncidentRow.ref))).all()
    for id in ids:
        found = load(session, id)
        if found is None:
            continue
        then = tuple(step for step in found.steps if until is None or step.at <= until)
        if then:
            yield Incident(id=id, ref=found.ref, steps=then, confidential=found.confidential)


def steps_of(session: Session, incident: str) -> list[Step]:
    query = select(IncidentStepRow).where(IncidentStepRow.incident_id == incident)
    rows = session.exec(query.order_by(col(IncidentStepRow.number))).all()
    words = texts_of(session, [row.line for row in rows])
    return [_step(row, words[row.line]) for row in rows]


def _step(row: IncidentStepRow, texts: Mapping[str, str]) -> Step:
    detail = {name: tuple(held) if isinstance(held, list) else held for name, held in row.detail.items()}
    told = {"id": row.id, "kind": row.kind, "by": row.by or "", "role": row.role, "at": row.at}
    return Step.model_validate(told | {"detail": detail, "texts": dict(texts)})


def texts_of(session: Session, lines: Sequence[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for start in range(0, len(lines), AT_ONCE):
        some = lines[start : start + AT_ONCE]
        for row in session.exec(select(AuditTextRow).where(col(AuditTextRow.seq).in_(some))):
            found[row.seq][row.field] = row.text
    return found


def carry_out(
    session: Session, wish: OfIncidents, desk: Desk, *, place: str | None
) -> tuple[Incident, tuple[Command, ...]]:
    """What became of it, and what is still to be done to its use; nothing where it was carried out before."""
    session.execute(audit.HEAD)  # two who act at once come one after the other
    known = session.get(DoneRow, wish.key)
    before = load(session, wish.incident)
    if known is not None and before is not None:
        return before, ()
    case = case_of(session, before, wish)
    made = decide(before, wish, case, desk)
    after = save(session, before, made, desk)
    held = hold_marked(session, after.id, made.holds, by=wish.actor, now=desk.now)
    for tell in made.tells:
        if held or tell.about is not About.held:
            owe(session, after, tell, place, desk)
    follow(session, after, case, desk)
    for person in dict.fromkeys((wish.actor, after.now.reporter, after.now.coordinator)):
        if person:
            publish_home(session, person, desk.now)
    session.add(DoneRow(key=wish.key, subject_kind=INCIDENT, subject_id=after.id, at=desk.now))
    session.flush()
    wishes = tuple(
        each.model_copy(update={"incident": after.ref}) if each.do == "suspend_use" else each
        for each in made.wishes
    )
    return after, wishes


def case_of(session: Session, incident: Incident | None, wish: OfIncidents | None = None) -> Case | None:
    named = wish.use if isinstance(wish, Report | NameUse) else incident.now.use if incident else ""
    return load_case(session, named) if named else None


def save(session: Session, before: Incident | None, made: Ruled, desk: Desk) -> Incident:
    """The new step with its line, and the row that follows from all of them."""
    step, after = made.step, made.incident
    if step is None:
        return after
    ref = before.ref if before is not None else next_ref(session, "AII", desk.day.year)
    after = Incident(id=after.id, ref=ref, steps=after.steps, confidential=after.confidential)
    severity = severity_of(after)
    line = audit.append(
        session,
        what=f"incident.{HAPPENED[step.kind]}",
        actor=step.by or None,
        subject_kind=INCIDENT,
        subject_id=after.id,
        detail=_sealed(after, step, severity.floor, severity.ceiling),
        texts=dict(step.texts),
        at=step.at,
    )
    row = session.get(IncidentRow, after.id) or IncidentRow(id=after.id, **row_of(after))
    for name, value in row_of(after).items():
        setattr(row, name, value)
    session.add(row)
    session.add(
        IncidentStepRow(
            id=step.id,
            incident_id=after.id,
            number=after.version,
            kind=step.kind,
            by=step.by or None,
            role=step.role,
            at=step.at,
            detail=plain(step),
            line=line,
        )
    )
    session.flush()
    return after


def row_of(incident: Incident) -> dict[str, Any]:
    """What its row says, all of it by its steps."""
    now = incident.now
    return {
        "ref": incident.ref,
        "kind": now.kind.value,
        "status": now.status.value,
        "severity": severity_of(incident).floor,
        "use_id": now.use or None,
        "reporter": now.reporter or None,
        "coordinator": now.coordinator or None,
        "confidential": incident.confidential,
        "version": incident.version,
        "reported_at": incident.steps[0].at,
        "updated_at": incident.steps[-1].at,
    }


def plain(step: Step) -> dict[str, Any]:
    return {name: list(held) if isinstance(held, tuple) else held for name, held in step.detail.items()}


def _sealed(incident: Incident, step: Step, floor: str, ceiling: str) -> dict[str, audit.Machine]:
    told: dict[str, audit.Machine] = {f"of_{name}": value for name, value in plain(step).items()}
    told |= {"step": step.id, "number": incident.version, "role": step.role, "ref": incident.ref}
    return told | {
        "status": incident.status.value,
        "severity_floor": floor,
        "severity_ceiling": ceiling,
        "confidential": incident.confidential,
    }


# -- what is told of it


def found_at(session: Session, place: str, thread: str) -> str | None:
    """The incident whose card stands there."""
    wanted = select(AddressRow.subject_id).where(
        AddressRow.subject_kind == INCIDENT,
        AddressRow.purpose == CARD,
        AddressRow.place_id == place,
        AddressRow.ts == thread,
    )
    return session.exec(wanted.limit(1)).first()


def rows_of(
    session: Session,
    *,
    open_only: bool = False,
    person: str = "",
    reporter: str = "",
    limit: int | None = AT_ONCE,
) -> Sequence[IncidentRow]:
    """Newest first. `person`: only those that they reported or see to; `reporter`: that they reported."""
    query = select(IncidentRow)
    if open_only:
        query = query.where(col(IncidentRow.status).not_in([status.value for status in OVER]))
    if person:
        query = query.where(or_(IncidentRow.reporter == person, IncidentRow.coordinator == person))
    if reporter:
        query = query.where(IncidentRow.reporter == reporter)
    query = query.order_by(col(IncidentRow.reported_at).desc(), col(IncidentRow.id))
    return session.exec(query.limit(limit) if limit is not None else query).all()
