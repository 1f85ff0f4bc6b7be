"""Each kind of record as one plain value, as the trail commits to it; lines are older than some of what stands here."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from store.columns import to_text
from store.trail import sha256
from triage.case import Assignment, Decision, Deployment, Fact, Inquiry, Referral
from triage.steps import ConditionStep

Plain = Any


def fact_of(fact: Fact) -> Plain:
    return [fact.answer.state.value, list(fact.answer.picked), fact.by, fact.source.value, to_text(fact.at)]


def decision_of(decision: Decision) -> dict[str, Plain]:
    """`basis`, `seat`, `valid_until` and what it rests on stand only where there are any: lines are older than they."""
    only: dict[str, Plain] = {"basis": decision.basis.model_dump(mode="json")} if decision.basis else {}
    only |= {"seat": decision.seat} if decision.seat else {}
    only |= {"result": decision.result} if decision.result else {}
    only |= {"rests_on": list(decision.rests_on)} if decision.rests_on else {}
    only |= {"under": decision.under.model_dump(mode="json")} if decision.under else {}
    only |= {"delegated": decision.delegated.model_dump(mode="json")} if decision.delegated else {}
    only |= {"valid_until": decision.valid_until.isoformat()} if decision.valid_until else {}
    only |= {"terms": [term.model_dump(mode="json") for term in decision.terms]} if decision.terms else {}
    return only | {
        "kind": decision.kind.value,
        "reason": decision.reason,
        "conditions": list(decision.conditions),
        "would_change": decision.would_change,
        "signatures": sorted([s.person, s.role, to_text(s.at)] for s in decision.signatures),
        "facts_digest": decision.facts_digest,
        "policies": list(decision.policies),
        "at": to_text(decision.at),
    }


def inquiry_of(inquiry: Inquiry) -> dict[str, Plain]:
    return {
        "asked_by": inquiry.asked_by,
        "question": inquiry.question,
        "asked_at": to_text(inquiry.asked_at),
        "answered_by": inquiry.answered_by,
        "answer": inquiry.answer,
        "files": inquiry.files,
        "answered_at": plain(inquiry.answered_at),
    }


def referral_of(referral: Referral) -> dict[str, Plain]:
    return {
        "number": referral.number,
        "question": referral.question,
        "role": referral.role,
        "instead_of": referral.instead_of,
        "asked_at": to_text(referral.asked_at),
        "state": referral.state,
        "by": referral.by,
        "closed_at": plain(referral.closed_at),
    }


def assignment_of(assignment: Assignment) -> dict[str, Plain]:
    return {
        "kind": assignment.kind,
        "person_id": assignment.person,
        "by": assignment.by,
        "at": to_text(assignment.at),
        "reason": assignment.reason,
    }


def step_of(step: ConditionStep) -> dict[str, Plain]:
    return {
        "condition_id": f"{step.decision}:{step.number:03}",
        "kind": step.kind,
        "by": step.by or None,
        "at": to_text(step.at),
        "link": step.link,
        "words": step.words,
    }


def deployment_of(joined: Deployment) -> dict[str, Plain]:
    return {
        "unit": joined.unit or None,
        "place": None,
        "since": joined.joined_at.date().isoformat(),
        "owner_id": joined.owner,
        "joined_at": to_text(joined.joined_at),
        "accepted": joined.accepted or None,
        "terms_acknowledged_at": plain(joined.accepted_at),
        "left_at": plain(joined.left_at),
    }


def result_of(verdict: Plain, digest: str, policies: Plain) -> str:
    """A verdict is long, and all of it follows from facts and rules: its digest is enough."""
    return sha256(canonical([verdict, digest, policies]))


def plain(value: Any) -> Plain:
    if isinstance(value, datetime):
        return to_text(value)
    return value.isoformat() if isinstance(value, date) else value


def canonical(value: Plain) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
