"""Cases as the rows tell them: the newest facts, the latest result, every decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as alchemy
from sqlalchemy import bindparam
from sqlmodel import Session

from intake.answers import Answer, State
from store.conditions import steps_of, term_of, told_terms
from store.deployments import deployments_of
from store.direct import Read, of_use
from store.patterns import patterns_of
from store.patterns import steps_of as pattern_steps_of
from store.reports import reports_of
from store.reviews import steps_of as review_steps_of
from store.running import appointments_of, moves_of, task_steps_of
from store.snoozes import snoozes_of
from store.tables import metadata
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
from triage.parties import former
from triage.pattern import Under
from triage.talk import Talk
from triage.verdict import Verdict

USE = "use"

_use, _talk = metadata.tables["use"], metadata.tables["conversation"]
_set, _fact = metadata.tables["answer_set"], metadata.tables["fact"]
_result, _decision = metadata.tables["result"], metadata.tables["decision"]
_signature, _condition = metadata.tables["signature"], metadata.tables["condition"]


def _of_decisions(table: alchemy.Table, *order: str) -> alchemy.Select[Any]:
    """What hangs on the decisions about one use, in the order in which it was given."""
    return (
        alchemy.select(table)
        .join(_decision, _decision.c.id == table.c.decision_id)
        .where(_decision.c.subject_kind == USE, _decision.c.subject_id == bindparam("case"))
        .order_by(*(table.c[name] for name in order))
    )


# Every click goes through these, hence plain statements, built once.
CASE = Read(
    alchemy.select(_use, _talk.c.state.label("talk"))
    .outerjoin(_talk, _talk.c.use_id == _use.c.id)
    .where(_use.c.id == bindparam("case"))
)
_FACTS = (
    alchemy.select(_fact)
    .join(_set, _fact.c.answer_set_id == _set.c.id)
    .where(_set.c.subject_kind == USE, _set.c.subject_id == bindparam("case"))
    .order_by(_fact.c.id)
)
FACTS, FACTS_AT = Read(_FACTS), Read(_FACTS.where(_fact.c.recorded_at <= bindparam("known_at")))
VERDICT = Read(
    alchemy.select(_result.c.verdict)
    .where(_result.c.subject_kind == USE, _result.c.subject_id == bindparam("case"))
    .order_by(_result.c.version.desc())
    .limit(1)
)
DECISIONS = Read(
    alchemy.select(_decision)
    .where(_decision.c.subject_kind == USE, _decision.c.subject_id == bindparam("case"))
    .order_by(_decision.c.subject_version)
)
SIGNATURES = Read(_of_decisions(_signature, "signed_at", "person_id"))
CONDITIONS = Read(_of_decisions(_condition, "id"))
INQUIRIES, ASSIGNMENTS = of_use("inquiry", "version"), of_use("assignment", "version")
REFERRALS = of_use("referral", "number", "question")
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
    "snooze",
    "review_step",
)
"""Tables in which most uses have nothing: one question tells which are worth reading."""
HELD = Read(
    alchemy.union_all(
        *(
            alchemy.select(alchemy.literal_column(f"'{name}'", alchemy.Text).label("name")).where(
                alchemy.exists().where(metadata.tables[name].c.use_id == bindparam("case"))
            )
            for name in SPARSE
        )
    )
)


def load(session: Session, case: str) -> Case | None:
    """The case as it stands now; None if there is none of that id."""
    rows = CASE.within(session, case=case)
    return _to_case(session, rows[0]) if rows else None


def _to_case(session: Session, row: Any) -> Case:
    # A draft was never judged for keeping, decided, or asked about: so much less to read for each answer given.
    submitted = row.state != Status.draft.value
    said = FACTS.within(session, case=row.id)
    held = {each.name for each in HELD.within(session, case=row.id)} if submitted else set()
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
        facts={each.question: _to_fact(each) for each in said},
        former_owners=former(_named_as_owner(said), row.requester_id or "", row.owner_id),
        verdict=latest_verdict(session, row.id) if submitted else None,
        approved_tier=row.tier_final,
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
        snoozes=tuple(snoozes_of(session, row.id)) if "snooze" in held else (),
        review_steps=tuple(review_steps_of(session, row.id)) if "review_step" in held else (),
        talk=Talk.model_validate(row.talk) if row.talk else None,
        handed_over=row.lane == "handed_over",
        discovered_via=row.discovered_via or "request",
        confidential=row.confidential,
        due_at=row.due_at,
        next_review_on=row.next_review_on,
        created_at=row.created_at,
        submitted_at=row.submitted_at,
        source_map=row.source_map,
        source_id=row.source_id,
    )


def facts_of(session: Session, case: str, *, known_at: datetime | None = None) -> dict[str, Fact]:
    """The newest fact for each question, over every answer set of the use; `known_at`: as it was recorded then."""
    if known_at is None:
        rows = FACTS.within(session, case=case)
    else:
        rows = FACTS_AT.within(session, case=case, known_at=known_at)
    return {row.question: _to_fact(row) for row in rows}


def _named_as_owner(said: Iterable[Any]) -> Iterator[str]:
    for row in said:
        if row.question == "owner" and row.state == State.answered.value:
            yield from row.value or ()


def past_of(session: Session, case: str) -> Iterable[tuple[Fact, datetime]]:
    """Every fact ever recorded, in order, with the moment of it."""
    for row in FACTS.within(session, case=case):
        yield _to_fact(row), row.recorded_at


def _to_fact(row: Any) -> Fact:
    answer = Answer(state=State(row.state), picked=tuple(row.value or ()))
    return Fact(
        question=row.question, answer=answer, by=row.contributor, at=row.said_at, source=Source(row.source)
    )


def latest_verdict(session: Session, case: str) -> Verdict | None:
    """Of the newest version of the use: two clocks, or two judgements in one moment, would not tell."""
    rows = VERDICT.within(session, case=case)
    return Verdict.model_validate(rows[0].verdict) if rows else None


def decisions_of(session: Session, case: str) -> Iterable[Decision]:
    rows = DECISIONS.within(session, case=case)
    if not rows:
        return
    signed, conditions = _by_decision(session, SIGNATURES, case), _by_decision(session, CONDITIONS, case)
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


def _by_decision(session: Session, question: Read, case: str) -> Mapping[str, list[Any]]:
    """In the order in which they were given."""
    found = defaultdict[str, list[Any]](list)
    for row in question.within(session, case=case):
        found[row.decision_id].append(row)
    return found


def inquiries_of(session: Session, case: str) -> Iterable[Inquiry]:
    for row in INQUIRIES.within(session, case=case):
        yield Inquiry(
            id=row.id,
            asked_by=row.asked_by,
            question=row.question,
            asked_at=row.asked_at,
            answered_by=row.answered_by,
            answer=row.answer or "",
            files=row.files or "",
            answered_at=row.answered_at,
        )


def referrals_of(session: Session, case: str) -> Iterable[Referral]:
    for row in REFERRALS.within(session, case=case):
        yield Referral.model_validate({name: getattr(row, name) for name in Referral.model_fields})


def assignments_of(session: Session, case: str) -> Iterable[Assignment]:
    for row in ASSIGNMENTS.within(session, case=case):
        yield Assignment.model_validate(
            {"id": row.id, "kind": row.kind, "person": row.person_id, "by": row.by, "at": row.at}
            | {"reason": row.reason}
        )
