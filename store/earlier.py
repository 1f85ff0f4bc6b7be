"""The register as it was known at an earlier moment: nothing of what was recorded later.

Facts, results, decisions and inquiries carry their moments; state and the rest of a use are as the trail tells them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from store.extract import Found
from store.legible import UNREADABLE
from store.records import USE, facts_of, load
from store.tables import ResultRow
from store.telling import Told, told
from triage.aims.scoped import Scope, about, mark
from triage.case import Case, Deployment, Inquiry, Referral, Status
from triage.lifecycle import WAITING
from triage.register import Entry
from triage.running import was_approved
from triage.verdict import Verdict
from triage.whereabouts import stage_named

FIELDS = {
    "title": "title",
    "summary": "words",
    "requester_id": "requester",
    "owner_id": "owner",
    "tier_final": "approved_tier",
    "unit": "unit",
    "tool_id": "tool_id",
    "tool_name": "tool_name",
    "confidential": "confidential",
    "discovered_via": "discovered_via",
    "source_map": "source_map",
    "source_id": "source_id",
}
"""Columns of the trail's records, and what they are called in a case."""
MOMENTS = ("due_at", "submitted_at")
NEVER_NONE = frozenset({"requester", "unit", "tool_name"})
NOT_HANDED_IN = (Status.draft, Status.withdrawn)


class Listed(NamedTuple):
    """A line of the register; `closed`: it is confidential by now, or was so then (`closed_then`)."""

    entry: Entry
    closed: bool
    closed_then: bool


def cases(session: Session, at: datetime) -> Iterator[Found]:
    """Every use that had been handed in or imported by then, in the order of the references."""
    for use, known in _told(session, at):
        try:
            case = _then(session, use, known, at)
        except UNREADABLE:
            yield Found(known.ref or use, None)
            continue
        if case is not None:
            yield Found(known.ref or use, case)


def case_at(session: Session, use: str, at: datetime) -> Case | None:
    """One of them; None if it had not been handed in by then."""
    known = told(session, until=at, only=use).get(use)
    return _then(session, use, known, at) if known is not None else None


def entries(session: Session, at: datetime, scope: Scope | None = None) -> Iterator[Entry]:
    """As lines of the register, the latest change first; confidential uses are left out. `scope`: of that moment."""
    return (each.entry for each in listed(session, at, scope) if not each.closed)


def listed(session: Session, at: datetime, scope: Scope | None = None) -> Iterator[Listed]:
    """All of them, for whoever tells apart who may read what."""
    known = ((_then(session, use, known, at), known) for use, known in _told(session, at))
    found = [(case, known) for case, known in known if case is not None]
    for case, told_of in sorted(found, key=lambda each: each[1].at, reverse=True):
        entry = _entry(case, datetime.fromisoformat(told_of.at))
        marked = entry.model_copy(update={"scope": mark(scope, about(case)).within}) if scope else entry
        yield Listed(marked, case.confidential, bool(told_of.columns.get("confidential")))


def _told(session: Session, at: datetime) -> list[tuple[str, Told]]:
    return sorted(told(session, until=at).items(), key=lambda each: (each[1].ref or "", each[0]))


def _then(session: Session, use: str, known: Told, at: datetime) -> Case | None:
    """None if it had not been handed in, or is gone."""
    now = load(session, use)
    if now is None or known.state is None:
        return None
    case = _as_of(session, now, known, at)
    return case if case.submitted_at or case.source_map or case.status not in NOT_HANDED_IN else None


def _entry(case: Case, updated_at: datetime) -> Entry:
    results = case.verdict.results if case.verdict else {}
    return Entry(
        id=case.id,
        ref=case.ref,
        title=case.title or case.words[:80],
        status=case.status,
        tool_id=case.tool_id,
        tool_name=case.tool_name,
        unit=case.unit,
        owner=case.owner,
        requester=case.requester or None,
        stage=stage_named(case),
        tier=(int(results["tier"].floor), int(results["tier"].ceiling)) if results else None,
        eu=(str(results["eu"].floor), str(results["eu"].ceiling)) if results else None,
        conditions=case.decision.conditions if case.decision else (),
        due_at=case.due_at,
        handed_in=case.submitted_at is not None,
        again=case.status in WAITING and was_approved(case),
        updated_at=updated_at,
    )


def _as_of(session: Session, case: Case, known: Told, at: datetime) -> Case:
    return case.model_copy(
        update={
            **_columns(known.columns),
            "ref": known.ref,
            "confidential": case.confidential or bool(known.columns.get("confidential")),
            "status": Status(known.state or case.status),
            "facts": facts_of(session, case.id, known_at=at),
            "verdict": verdict_at(session, case.id, at),
            "decisions": tuple(d for d in case.decisions if d.at <= at),
            "inquiries": tuple(_asked(i, at) for i in case.inquiries if i.asked_at <= at),
            "referrals": tuple(_referred(r, at) for r in case.referrals if r.asked_at <= at),
            "assignments": tuple(a for a in case.assignments if a.at <= at),
            "reports": tuple(r for r in case.reports if r.at <= at),
            "condition_steps": tuple(s for s in case.condition_steps if s.at <= at),
            "patterns": tuple(p for p in case.patterns if p.at <= at),
            "pattern_steps": tuple(s for s in case.pattern_steps if s.at <= at),
            "plans": tuple(p for p in case.plans if p.at <= at),
            "measurements": tuple(m for m in case.measurements if m.at <= at),
            "stage_moves": tuple(m for m in case.stage_moves if m.at <= at),
            "task_steps": tuple(s for s in case.task_steps if s.at <= at),
            "appointments": tuple(a for a in case.appointments if a.at <= at),
            "review_steps": tuple(s for s in case.review_steps if s.at <= at),
            "deployments": tuple(_joined(d, at) for d in case.deployments if d.joined_at <= at),
            "talk": None,
        }
    )


def _columns(told: Mapping[str, Any]) -> dict[str, Any]:
    """What the trail does not hold (it was erased, or is from before it held records) stays as it is now."""
    found = {FIELDS[name]: value for name, value in told.items() if name in FIELDS}
    found = {name: "" if value is None and name in NEVER_NONE else value for name, value in found.items()}
    moments = {name: told[name] and datetime.fromisoformat(told[name]) for name in MOMENTS if name in told}
    lane = {"handed_over": told["lane"] == "handed_over"} if "lane" in told else {}
    return found | moments | lane


def verdict_at(session: Session, use: str, at: datetime) -> Verdict | None:
    """What was found about a use by that moment."""
    row = session.exec(
        select(ResultRow)
        .where(ResultRow.subject_kind == USE, ResultRow.subject_id == use, col(ResultRow.judged_at) <= at)
        .order_by(col(ResultRow.version).desc())
    ).first()
    return Verdict.model_validate(row.verdict) if row else None


def _asked(inquiry: Inquiry, at: datetime) -> Inquiry:
    """Without an answer that came later."""
    if inquiry.answered_at is None or inquiry.answered_at <= at:
        return inquiry
    return inquiry.model_copy(update={"answered_by": None, "answer": "", "files": "", "answered_at": None})


def _joined(joined: Deployment, at: datetime) -> Deployment:
    """Still there, if they left later; what they accepted then stays unsaid if they accepted another since."""
    if joined.accepted_at is not None and joined.accepted_at > at:
        joined = joined.model_copy(update={"accepted": "", "accepted_at": None})
    return joined.model_copy(update={"left_at": None}) if joined.left_at and joined.left_at > at else joined


def _referred(referral: Referral, at: datetime) -> Referral:
    """Still open, if it was closed later."""
    if referral.closed_at is None or referral.closed_at <= at:
        return referral
    return referral.model_copy(update={"state": "open", "by": None, "closed_at": None})
