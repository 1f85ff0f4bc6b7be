"""Cases as the rows tell them: the newest facts, the latest result, every decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as alchemy
from sqlalchemy import Row, bindparam
from sqlmodel import Session, col, select

from intake.answers import Answer, State
from store.conditions import steps_of, term_of, told_terms
from store.deployments import deployments_of
from store.patterns import patterns_of
from store.patterns import steps_of as pattern_steps_of
from store.reports import reports_of
from store.running import appointments_of, moves_of, task_steps_of
from store.tables import (
    AssignmentRow,
    ConditionRow,
    DecisionRow,
    InquiryRow,
    ReferralRow,
    ResultRow,
    SignatureRow,
    metadata,
)
from store.watch import measurements_of, plans_of
from triage.case import (
    Assignment,
    Basis,
    Case,
    Decision,
    DecisionKind,
    Delegated,
    Fact,
    Inquiry,
    Referral,
    Signature,
    Source,
    Status,
)
from triage.pattern import Under
from triage.talk import Talk
from triage.verdict import Verdict

USE = "use"

_use, _talk = metadata.tables["use"], metadata.tables["conversation"]
_set, _fact = metadata.tables["answer_set"], metadata.tables["fact"]
# Every click goes through these, hence plain statements, built once.
CASE = (
    alchemy.select(_use, _talk.c.state.label("talk"))
    .outerjoin(_talk, _talk.c.use_id == _use.c.id)
    .where(_use.c.id == bindparam("case"))
)
FACTS = (
    alchemy.select(_fact)
    .join(_set, _fact.c.answer_set_id == _set.c.id)
    .where(_set.c.subject_kind == USE, _set.c.subject_id == bindparam("case"))
    .order_by(_fact.c.id)
)
SPARSE = (
    "inquiry",
    "referral",
    "assignment",
    "report",
    "deployment",
    "condition_step",
    "pattern",
    "pattern_step",
    "plan",
    "reading",
    "stage_move",
    "task_step",
    "appointment",
)
"""Tables in which most uses have nothing: one question tells which are worth reading."""
HELD: alchemy.CompoundSelect[Any] = alchemy.union_all(
    *(
        alchemy.select(alchemy.literal_column(f"'{name}'")).where(
            alchemy.exists().where(metadata.tables[name].c.use_id == bindparam("case"))
        )
        for name in SPARSE
    )
)


def load(session: Session, case: str) -> Case | None:
    """The case as it stands now; None if there is none of that id."""
    row = session.connection().execute(CASE, {"case": case}).first()
    return None if row is None else _to_case(session, row)


def _to_case(session: Session, row: Row[Any]) -> Case:
    # A draft was never judged for keeping, decided, or asked about: so much less to read for each answer given.
    submitted = row.state != Status.draft.value
    held = _held(session, row.id) if submitted else set()
    return Case(
        id=row.id,
        ref=row.ref,
        version=row.version,
        status=Status(row.state),
        title=row.title,
        words=row.summary,
        requester=row.requester_id or "",
        owner=row.owner_id,
        unit=row.unit or "",
        tool_id=row.tool_id,
        tool_name=row.tool_name or "",
        facts=facts_of(session, row.id),
        verdict=latest_verdict(session, row.id) if submitted else None,
        decisions=tuple(decisions_of(session, row.id)) if submitted else (),
        inquiries=tuple(inquiries_of(session, row.id)) if "inquiry" in held else (),
        referrals=tuple(referrals_of(session, row.id)) if "referral" in held else (),
        assignments=tuple(assignments_of(session, row.id)) if "assignment" in held else (),
        reports=tuple(reports_of(session, row.id)) if "report" in held else (),
        deployments=tuple(deployments_of(session, row.id)) if "deployment" in held else (),
        condition_steps=tuple(steps_of(session, row.id)) if "condition_step" in held else (),
        patterns=tuple(patterns_of(session, row.id)) if "pattern" in held else (),
        pattern_steps=tuple(pattern_steps_of(session, row.id)) if "pattern_step" in held else (),
        plans=tuple(plans_of(session, row.id)) if "plan" in held else (),
        measurements=tuple(measurements_of(session, row.id)) if "reading" in held else (),
        stage_moves=tuple(moves_of(session, row.id)) if "stage_move" in held else (),
        task_steps=tuple(task_steps_of(session, row.id)) if "task_step" in held else (),
        appointments=tuple(appointments_of(session, row.id)) if "appointment" in held else (),
        talk=Talk.model_validate(row.talk) if row.talk else None,
        handed_over=row.lane == "handed_over",
        discovered_via=row.discovered_via or "request",
        confidential=row.confidential,
        due_at=row.due_at,
        created_at=row.created_at,
        submitted_at=row.submitted_at,
        source_map=row.source_map,
        source_id=row.source_id,
    )


def _held(session: Session, case: str) -> set[str]:
    """Also what this very transaction was told so far."""
    session.flush()
    return set(session.connection().scalars(HELD, {"case": case}))


def facts_of(session: Session, case: str, *, known_at: datetime | None = None) -> dict[str, Fact]:
    """The newest fact for each question, over every answer set of the use; `known_at`: as it was recorded then."""
    wanted = FACTS if known_at is None else FACTS.where(_fact.c.recorded_at <= known_at)
    return {row.question: _to_fact(row) for row in session.connection().execute(wanted, {"case": case})}


def past_of(session: Session, case: str) -> Iterable[tuple[Fact, datetime]]:
    """Every fact ever recorded, in order, with the moment of it."""
    for row in session.connection().execute(FACTS, {"case": case}):
        yield _to_fact(row), row.recorded_at


def _to_fact(row: Row[Any]) -> Fact:
    answer = Answer(state=State(row.state), picked=tuple(row.value or ()))
    return Fact(
        question=row.question, answer=answer, by=row.contributor, at=row.said_at, source=Source(row.source)
    )


def latest_verdict(session: Session, case: str) -> Verdict | None:
    """Of the newest version of the use: two clocks, or two judgements in one moment, would not tell."""
    row = session.exec(
        select(ResultRow)
        .where(ResultRow.subject_kind == USE, ResultRow.subject_id == case)
        .order_by(col(ResultRow.version).desc())
    ).first()
    return Verdict.model_validate(row.verdict) if row else None


def decisions_of(session: Session, case: str) -> Iterable[Decision]:
    rows = session.exec(
        select(DecisionRow)
        .where(DecisionRow.subject_kind == USE, DecisionRow.subject_id == case)
        .order_by(col(DecisionRow.subject_version))
    ).all()
    if not rows:
        return
    ids = [row.id for row in rows]
    signed, conditions = _by_decision(session, SignatureRow, ids), _by_decision(session, ConditionRow, ids)
    # Of one moment, what a decision rests on comes before it.
    for row in sorted(rows, key=lambda row: (row.subject_version, row.kind != DecisionKind.sign_off.value)):
        asked_for = row.detail.get("terms") or [
            term_of(c.due_on, c.question, c.otherwise) for c in conditions[row.id]
        ]
        yield Decision(
            id=row.id,
            kind=DecisionKind(row.kind),
            reason=row.reason,
            conditions=tuple(row.detail.get("asked_for", ())) or tuple(c.text for c in conditions[row.id]),
            terms=told_terms(asked_for),
            would_change=row.detail.get("would_change", ""),
            signatures=tuple(
                Signature(person=s.person_id, role=s.role, at=s.signed_at) for s in signed[row.id]
            ),
            facts_digest=row.facts_digest or "",
            policies=tuple(row.policies),
            at=row.decided_at,
            valid_until=row.valid_until,
            basis=Basis.model_validate(row.detail["basis"]) if "basis" in row.detail else None,
            seat=row.detail.get("seat", ""),
            rests_on=tuple(row.detail.get("rests_on", ())),
            result=row.detail.get("result", ""),
            under=Under.model_validate(row.detail["under"]) if "under" in row.detail else None,
            delegated=Delegated.model_validate(row.detail["delegated"])
            if "delegated" in row.detail
            else None,
        )


def _by_decision(session: Session, table: Any, decisions: list[str]) -> Mapping[str, list[Any]]:
    """In the order in which they were given."""
    order = (table.signed_at, table.person_id) if table is SignatureRow else (table.id,)
    found = defaultdict[str, list[Any]](list)
    for row in session.exec(select(table).where(table.decision_id.in_(decisions)).order_by(*order)):
        found[row.decision_id].append(row)
    return found


def inquiries_of(session: Session, case: str) -> Iterable[Inquiry]:
    rows = session.exec(select(InquiryRow).where(InquiryRow.use_id == case).order_by(col(InquiryRow.version)))
    for row in rows:
        yield Inquiry(
            id=row.id,
            asked_by=row.asked_by,
            question=row.question,
            asked_at=row.asked_at,
            answered_by=row.answered_by,
            answer=row.answer or "",
            answered_at=row.answered_at,
        )


def referrals_of(session: Session, case: str) -> Iterable[Referral]:
    order = (col(ReferralRow.number), col(ReferralRow.question))
    rows = session.exec(select(ReferralRow).where(ReferralRow.use_id == case).order_by(*order))
    for row in rows:
        yield Referral.model_validate({name: getattr(row, name) for name in Referral.model_fields})


def assignments_of(session: Session, case: str) -> Iterable[Assignment]:
    rows = session.exec(
        select(AssignmentRow).where(AssignmentRow.use_id == case).order_by(col(AssignmentRow.version))
    )
    for row in rows:
        yield Assignment.model_validate(
            {"id": row.id, "kind": row.kind, "person": row.person_id, "by": row.by, "at": row.at}
            | {"reason": row.reason}
        )
