"""The register from its first use to its last, a few at a time, and what a run over it has opened again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists
from sqlmodel import Session, col, select

from store.deciding import APPROVED
from store.records import USE
from store.tables import DecisionRow, ResultRow, UseRow
from triage.lifecycle import WAITING
from triage.rejudging import UNJUDGED


def next_uses(session: Session, after: str, limit: int) -> list[str]:
    """The ids that follow `after`, of all that other rules may move."""
    left = col(UseRow.state).notin_([status.value for status in UNJUDGED])
    found = select(UseRow.id).where(col(UseRow.id) > after, left).order_by(col(UseRow.id)).limit(limit)
    return list(session.exec(found))


def reopened(session: Session, since: datetime) -> list[str]:
    """Approved once, judged anew since then, and waiting for a decision now."""
    judged = exists().where(
        col(ResultRow.subject_kind) == USE,
        col(ResultRow.subject_id) == col(UseRow.id),
        col(ResultRow.judged_at) >= since,
    )
    approved = exists().where(
        col(DecisionRow.subject_kind) == USE,
        col(DecisionRow.subject_id) == col(UseRow.id),
        col(DecisionRow.kind).in_(sorted(APPROVED)),
        col(DecisionRow.decided_at) < since,
    )
    waiting = col(UseRow.state).in_([status.value for status in WAITING])
    return list(session.exec(select(UseRow.id).where(waiting, judged, approved).order_by(col(UseRow.ref))))
