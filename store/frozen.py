"""The facts that an approval was given on, as they were known then: what is said since stands beside them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from intake.answers import Answer
from store.records import facts_of
from triage.case import Case
from triage.fingerprint import facts_digest
from triage.running import APPROVALS


def approved_answers(session: Session, case: Case) -> Mapping[str, Answer]:
    """Nothing where they are the same still, or where nobody approved it."""
    approval = case.decision
    if approval is None or approval.kind not in APPROVALS or approval.facts_digest == facts_digest(case):
        return {}
    then = facts_of(session, case.id, known_at=approval.at)
    return {question: fact.answer for question, fact in then.items()}
