"""What the register says of an objective, as of any moment: each measure by its name, and nobody's word for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import case
from sqlmodel import Session, col, func, select

from store import entries, sheets
from store.digest_flow import HELD, KINDS
from store.digest_then import Then
from store.earlier import case_at
from store.tables import AcknowledgedRow, IncidentStepRow, ReviewStepRow
from triage.aims.assessed import KIND, facts_of, name_of
from triage.aims.entry import Entry
from triage.aims.management import CHECKED
from triage.aims.objectives import Counted, measures
from triage.calendar import Calendar
from triage.case import DecisionKind
from triage.expiring import after
from triage.questionnaire import digest_of
from triage.schemes import questionnaire

IMPACT = "ai-impact"
HIGH = 3
LATE = timedelta(days=30)
LEAST = timedelta(microseconds=1)


class Span(NamedTuple):
    """Up to `at`, from `since` on; `over`: the last day that is over then, where the organisation is."""

    session: Session
    since: datetime
    at: datetime
    over: date
    zone: str


def counted_on(session: Session, measure: str, day: date, zone: str) -> Counted:
    """As of the end of that day."""
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)) - LEAST
    return counted(session, measure, end, zone)


def counted(session: Session, measure: str, at: datetime, zone: str) -> Counted:
    there = (at + LEAST).astimezone(ZoneInfo(zone))
    over = there.date() - timedelta(days=1)
    begin = after(over, -measures()[measure].months) + timedelta(days=1)
    since = datetime.combine(begin, time(), ZoneInfo(zone)) - LEAST
    part, whole = COUNTS[measure](Span(session, since, at, over, zone))
    return Counted(measure=measure, part=part, whole=whole)


def _reviewed_in_time(span: Span) -> tuple[int, int]:
    row, zone = ReviewStepRow, ZoneInfo(span.zone)
    due, said = func.min(row.due_on), func.max(case((col(row.kind) == "answered", row.at)))
    ended = func.max(case((col(row.kind) == "closed", 1), else_=0))
    first = (span.since + LEAST).astimezone(zone).date()
    query = (
        select(due, said, ended)
        .where(row.at <= span.at)
        .group_by(row.review)
        .having(due >= first, due <= span.over)
    )
    told = [(day, at) for day, at, over in span.session.exec(query) if at is not None or not over]
    return sum(at is not None and at.astimezone(zone).date() <= day for day, at in told), len(told)


def _days_to_decide(span: Span) -> tuple[int, int]:
    """Of uses as they were handed in by then; one that was approved beforehand was decided by nobody."""
    then, calendar = Then(span.session, span.at), Calendar(span.zone)
    rows = then.rows(
        f"""SELECT reg.submitted_at AS begun, min(d.decided_at) AS ended,
          min(CASE WHEN d.kind = '{DecisionKind.by_pattern.value}' THEN d.decided_at END) AS by_rule
        FROM decision d JOIN reg ON reg.id = d.subject_id
        WHERE d.subject_kind = 'use' AND d.kind IN {KINDS} AND d.decided_at <= :at
        GROUP BY reg.id, reg.submitted_at HAVING min(d.decided_at) > :since""",
        since=span.since,
    )
    told = [
        (_moment(row.begun), _moment(row.ended)) for row in rows if row.begun and row.ended != row.by_rule
    ]
    days = sorted(calendar.closes_between(begun, ended) for begun, ended in told if begun <= ended)
    return (days[(len(days) - 1) // 2], len(days)) if days else (0, 0)


def _moment(held: str | datetime) -> datetime:
    return datetime.fromisoformat(held) if isinstance(held, str) else held


def _high_risk_assessed(span: Span) -> tuple[int, int]:
    then = Then(span.session, span.at)
    rows = then.rows(f"SELECT id FROM reg WHERE state IN {HELD} AND tier_ceiling >= {HIGH}")
    names = {name_of(row.id, IMPACT): row.id for row in rows}
    told = (each for each in entries.of_kind(span.session, KIND) if each.name in names)
    return sum(_stands(span, each, names[each.name]) for each in told), len(rows)


def _stands(span: Span, entry: Entry, use: str) -> bool:
    """By the answers and facts of that moment."""
    held = entry.counted(span.at)
    if held is None or held.said.get("outcome") != "stands":
        return False
    known = case_at(span.session, use, span.at)
    if known is None:
        return False
    past = sheets.past_of(span.session, sheets.id_of(use, IMPACT))
    answers = {fact.question: fact for fact, at in past if at <= span.at}
    now = digest_of(answers), facts_of(known, questionnaire(IMPACT).form)
    return (held.said.get("answers"), held.said.get("facts")) == now


def _incidents_without_cause(span: Span) -> tuple[int, int]:
    row = IncidentStepRow
    kinds = ("report", "close", "reopen", "reject", "cause")
    query = select(row.incident_id, row.kind, row.at).where(row.at <= span.at, col(row.kind).in_(kinds))
    reported: dict[str, datetime] = {}
    last, known = {}, set()
    for incident, kind, at in span.session.exec(query.order_by(row.incident_id, col(row.number))):
        if kind == "cause":
            known.add(incident)
        else:
            last[incident] = kind
            reported.setdefault(incident, at)
    late = {
        each for each, kind in last.items()
        if kind in ("report", "reopen") and reported[each] < span.at - LATE
    }  # fmt: skip
    return len(late - known), len(late)


def _found_registered(span: Span) -> tuple[int, int]:
    """A number alone, with confidential uses: what becomes one later never changes what was told."""
    row = Then(span.session, span.at).one(
        """SELECT count(*) AS whole, coalesce(sum(CASE WHEN seen.tool_id IN (
            SELECT tool_id FROM reg WHERE tool_id IS NOT NULL AND owner_id IS NOT NULL
              AND state NOT IN ('draft', 'withdrawn')) THEN 1 ELSE 0 END), 0) AS part
        FROM (SELECT DISTINCT s.tool_id FROM sighting s JOIN sighting_run r ON r.id = s.run_id
          WHERE r.taken_at <= :at AND NOT s.general) AS seen"""
    )
    return int(row.part), int(row.whole)


def _actions_worked(span: Span) -> tuple[int, int]:
    steps = [
        str(step.detail.get("act"))
        for each in entries.wordless(span.session, span.at)
        if each.kind in CHECKED
        for step in each.steps
        if step.kind == "act" and step.at > span.since
    ]
    row = IncidentStepRow
    query = select(row.detail).where(row.kind == "check_action", row.at > span.since, row.at <= span.at)
    steps += [str(each.get("found")) for each in span.session.exec(query)]
    worked = steps.count("effective")
    return worked, worked + steps.count("not_effective")


def _policies_read(span: Span) -> tuple[int, int]:
    """Who read a later version read enough."""
    row = AcknowledgedRow
    asked = select(row.policy, row.version, row.person_id).where(
        row.kind == "asked", row.at > span.since, row.at <= span.at
    )
    best = select(row.policy, row.person_id, func.max(row.version)).where(
        row.kind == "read", row.at <= span.at
    )
    grouped: Any = span.session.exec(best.group_by(row.policy, row.person_id))
    read: Mapping[tuple[str, str], int] = {(policy, person): version for policy, person, version in grouped}
    wanted = [
        read.get((policy, person), 0) >= version for policy, version, person in span.session.exec(asked)
    ]
    return sum(wanted), len(wanted)


COUNTS: Mapping[str, Callable[[Span], tuple[int, int]]] = {
    "reviewed_in_time": _reviewed_in_time,
    "days_to_decide": _days_to_decide,
    "high_risk_assessed": _high_risk_assessed,
    "incidents_without_cause": _incidents_without_cause,
    "found_registered": _found_registered,
    "actions_worked": _actions_worked,
    "policies_read": _policies_read,
}
