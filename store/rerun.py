"""The register from its first use to its last, a few at a time, and what a run over it has opened again."""

from __future__ import annotations

from sqlalchemy import exists, literal
from sqlmodel import Session, col, select

from store.deciding import APPROVED
from store.records import USE
from store.tables import DecisionRow, DoneRow, ResultRow, UseRow
from triage.lifecycle import WAITING
from triage.rejudging import UNJUDGED


def next_uses(session: Session, after: str, limit: int) -> list[str]:
    """The ids that follow `after`, of all that other rules may move."""
    left = col(UseRow.state).notin_([status.value for status in UNJUDGED])
    found = select(UseRow.id).where(col(UseRow.id) > after, left).order_by(col(UseRow.id)).limit(limit)
    return list(session.exec(found))


def reopened(session: Session, prefix: str) -> list[str]:
    """Approved once, judged otherwise by this run, and waiting for a decision now.

    `prefix` and the id of a use is the key under which the run judged it. Clocks of two processes may differ, so
    only moments of the same transaction are compared, and versions.
    """
    by_the_run = exists().where(
        col(DoneRow.key) == literal(prefix) + col(UseRow.id),
        col(DoneRow.at) == col(ResultRow.judged_at),
        col(ResultRow.subject_kind) == USE,
        col(ResultRow.subject_id) == col(UseRow.id),
        col(DecisionRow.subject_kind) == USE,
        col(DecisionRow.subject_id) == col(UseRow.id),
        col(DecisionRow.kind).in_(sorted(APPROVED)),
        col(DecisionRow.subject_version) < col(ResultRow.version),
    )
    waiting = col(UseRow.state).in_([status.value for status in WAITING])
    return list(session.exec(select(UseRow.id).where(waiting, by_the_run).order_by(col(UseRow.ref))))
