"""What of the register is late or went wrong, for rules that put it forward; nothing of a confidential use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, or_, select

from store import incidents, trained
from store.entries import of_kind
from store.failing import failed_tests
from store.records import load as load_case
from store.reviewlist import listed
from store.tables import ConditionRow, ConditionStepRow, DecisionRow, DoneRow, PersonRow, UseRow
from triage.aims.arising import Arising, Matter, Of, arising, days_of
from triage.digest import IN_USE
from triage.incidents.clocks import clocks_at
from triage.incidents.incident import Incident, Status
from triage.incidents.rulebook import book
from triage.incidents.severity import severity_of
from triage.register import Reader

READER = Reader(person="", roles=frozenset({"auditor"}))
TO_DECIDE = ("in_review", "blocked")
IS_MET = ("done", "verified")
TOLD = "arising:"
"""Before the key of what was put forward."""


def found(session: Session, now: datetime, zone: str) -> tuple[Arising, ...]:
    """All that rules put forward, whether it was before or not (see `Arising.key`)."""
    matters = list(_matters(session, now, ZoneInfo(zone)))
    return arising(matters, now.astimezone(ZoneInfo(zone)).date(), book().levels)


def told(session: Session) -> frozenset[str]:
    """The keys of all that was put forward before, in one question."""
    query = select(DoneRow.key).where(col(DoneRow.key).startswith(TOLD, autoescape=True))
    return frozenset(key.removeprefix(TOLD) for key in session.exec(query))


def _matters(session: Session, now: datetime, zone: ZoneInfo) -> Iterator[Matter]:
    today = now.astimezone(zone).date()
    for one in listed(session, READER):
        if one.review.state == "open" and one.review.due < today:
            yield Matter(of="review", ref=one.ref, about=one.review.id, since=one.review.due)
    yield from _conditions(session, today)
    yield from _decisions(session, now, zone)
    yield from _owners(session, now, zone)
    yield from failed_tests(session, zone)
    for incident in incidents.every_one(session):
        if not incident.confidential:
            yield from _of_incident(session, incident, now, zone)
    for training, since in trained.late_since(session, today):
        yield Matter(of="training", ref=training.ref, about=training.id, since=since)
    for entry in of_kind(session, "action", "in_force"):
        if entry.due is not None and entry.due < today and entry.stage in ("", "not_effective"):
            yield Matter(of="action", ref=entry.ref, about=entry.id, since=entry.due, owner=entry.owner)


def _late(today: date, of: Of) -> date:
    """The last day that is long enough ago for a rule."""
    return today - timedelta(days=days_of(of))


def _ago(now: datetime, of: Of) -> datetime:
    """Likewise, with a day to spare for what a zone makes of it; the rule itself looks at the day."""
    return now - timedelta(days=days_of(of) - 1) if days_of(of) else now


def _conditions(session: Session, today: date) -> Iterator[Matter]:
    """Of decisions that count, and of which the last that was said is not that they are met."""
    step, later = ConditionStepRow, aliased(ConditionStepRow)
    same = and_(col(later.use_id) == step.use_id, col(later.condition_id) == step.condition_id)
    after = or_(col(later.version) > step.version, and_(later.version == step.version, later.id > step.id))
    is_met = exists().where(
        col(step.use_id) == ConditionRow.use_id,
        col(step.condition_id) == ConditionRow.id,
        col(step.kind).in_(IS_MET),
        ~exists().where(same, after),
    )
    query = (
        select(ConditionRow, UseRow.ref, UseRow.id)
        .join(UseRow, col(UseRow.id) == ConditionRow.use_id)
        .join(DecisionRow, col(DecisionRow.id) == ConditionRow.decision_id)
        .where(
            col(ConditionRow.due_on) <= _late(today, "condition"),
            col(DecisionRow.superseded_by).is_(None),
            col(UseRow.state).in_(IN_USE),
            ~col(UseRow.confidential),
            ~is_met,
        )
        .order_by(col(ConditionRow.id))
    )
    for row, ref, use in session.exec(query):
        if row.due_on is not None:
            about = {"ref": ref or use, "about": row.id, "since": row.due_on, "owner": row.owner_id}
            yield Matter.model_validate({"of": "condition", **about})


def _decisions(session: Session, now: datetime, zone: ZoneInfo) -> Iterator[Matter]:
    query = select(UseRow.id, UseRow.ref, UseRow.due_at).where(
        col(UseRow.state).in_(TO_DECIDE),
        col(UseRow.due_at) < _ago(now, "decision"),
        ~col(UseRow.confidential),
    )
    for id, ref, due in session.exec(query.order_by(col(UseRow.ref))):
        if due is not None and ref:
            yield Matter(of="decision", ref=ref, about=id, since=due.astimezone(zone).date())


def _owners(session: Session, now: datetime, zone: ZoneInfo) -> Iterator[Matter]:
    """Uses whose owner is gone, and that nobody took over."""
    query = (
        select(UseRow.id, UseRow.ref, PersonRow.gone_at)
        .join(PersonRow, col(PersonRow.id) == UseRow.owner_id)
        .where(
            col(UseRow.state).in_(IN_USE),
            col(PersonRow.gone_at) < _ago(now, "owner"),
            ~col(UseRow.confidential),
        )
        .order_by(col(UseRow.ref))
    )
    for id, ref, gone in session.exec(query).all():
        if gone is not None and ref:
            yield Matter(of="owner", ref=ref, about=id, since=gone.astimezone(zone).date())


def _of_incident(session: Session, incident: Incident, now: datetime, zone: ZoneInfo) -> Iterator[Matter]:
    standing = incident.now
    reported = incident.steps[0].at.astimezone(zone).date()
    if standing.status is not Status.rejected:
        level = severity_of(incident).floor
        yield Matter(of="incident", ref=incident.ref, about=incident.id, since=reported, level=level)
    case = load_case(session, standing.use) if standing.use else None
    for clock in clocks_at(incident, case, now):
        if clock.state == "missed" and clock.certain and clock.due is not None:
            day = clock.due.astimezone(zone).date()
            yield Matter(of="clock", ref=incident.ref, about=f"{incident.id}:{clock.id}", since=day)
