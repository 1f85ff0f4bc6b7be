"""Approvals whose day is gone, found by the decisions themselves: no other row has to be kept for it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import exists
from sqlmodel import Session, col, select

from store.records import USE
from store.tables import DecisionRow, DoneRow, UseRow
from triage.case import Status
from triage.running import APPROVALS

AT_ONCE = 50
KINDS = tuple(sorted(kind.value for kind in APPROVALS))
"""A single yes names a day too, and nothing ends with it."""
IN_USE = (Status.approved.value, Status.approved_with_conditions.value)


class Ends(NamedTuple):
    case: str
    decision: str


def over(session: Session, day: date) -> list[Ends]:
    """Its last day is gone."""
    return _ending(session, "expire", col(DecisionRow.valid_until) < day)


def key(what: str, decision: str) -> str:
    """Each is done once for each decision."""
    return f"{what}:{decision}"


def _ending(session: Session, what: str, when: object) -> list[Ends]:
    done = exists().where(col(DoneRow.key) == what + ":" + col(DecisionRow.id))
    query = (
        select(DecisionRow.subject_id, DecisionRow.id)
        .join(UseRow, col(UseRow.id) == DecisionRow.subject_id)
        .where(DecisionRow.subject_kind == USE, col(DecisionRow.superseded_by).is_(None))
        .where(col(DecisionRow.kind).in_(KINDS), col(UseRow.state).in_(IN_USE), when, ~done)  # type: ignore[arg-type]
        .order_by(col(DecisionRow.valid_until), col(DecisionRow.id))
        .limit(AT_ONCE)
    )
    return [Ends(case, decision) for case, decision in session.exec(query)]
