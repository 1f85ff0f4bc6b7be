"""Keeps a decision: its row, who signed it, and the conditions that live on with it."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from store.records import USE
from store.tables import ConditionRow, DecisionRow, SignatureRow
from triage import confidential, moved, signed
from triage.case import RULINGS, Case, Decision, DecisionKind
from triage.terms import pairs

SIGNED_OFF = "signed_off"
RECORDED = "recorded"


def save_decision(session: Session, case: Case, decision: Decision) -> None:
    session.add(
        DecisionRow(
            id=decision.id,
            subject_kind=USE,
            subject_id=case.id,
            subject_version=case.version,
            kind=decision.kind.value,
            outcome=_outcome(decision, case),
            reason=decision.reason,
            facts_digest=decision.facts_digest,
            policies=list(decision.policies),
            decided_at=decision.at,
            valid_until=decision.valid_until,
            detail=detail_of(decision),
        )
    )
    session.flush()
    for signature in decision.signatures:
        session.add(
            SignatureRow(
                decision_id=decision.id,
                person_id=signature.person,
                role=signature.role,
                signed_at=signature.at,
            )
        )
    for number, (text, term) in enumerate(pairs(decision) if decision.kind in RULINGS else (), 1):
        session.add(
            ConditionRow(
                id=f"{decision.id}:{number:03}",
                decision_id=decision.id,
                use_id=case.id,
                text=text,
                owner_id=case.owner,
                due_on=term.due,
                state="open",
                question=term.check or None,
                otherwise=term.otherwise or None,
            )
        )


def _outcome(decision: Decision, case: Case) -> str:
    if decision.kind is DecisionKind.sign_off:
        return SIGNED_OFF
    if decision.kind is DecisionKind.by_pattern:
        return RECORDED
    known = {**signed.OUTCOMES, **moved.OUTCOMES, **confidential.OUTCOMES}
    return known.get(decision.kind, case.status.value)


def detail_of(decision: Decision) -> dict[str, Any]:
    """What only some have."""
    detail: dict[str, Any] = {"would_change": decision.would_change} if decision.would_change else {}
    detail |= {"basis": decision.basis.model_dump(mode="json")} if decision.basis else {}
    detail |= {"seat": decision.seat} if decision.seat else {}
    detail |= {"result": decision.result} if decision.result else {}
    detail |= {"rests_on": list(decision.rests_on)} if decision.rests_on else {}
    detail |= {"under": decision.under.model_dump(mode="json")} if decision.under else {}
    detail |= {"delegated": decision.delegated.model_dump(mode="json")} if decision.delegated else {}
    asked_for = decision.conditions and decision.kind not in RULINGS
    detail |= {"asked_for": list(decision.conditions)} if asked_for else {}
    terms = [term.model_dump(mode="json") for term in decision.terms] if asked_for else []
    return detail | ({"terms": terms} if terms else {})
