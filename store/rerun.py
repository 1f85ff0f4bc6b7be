"""The register from its first use to its last, a few at a time, and what a run over it has opened again."""

from __future__ import annotations

from sqlmodel import Session, col, select

from store.tables import DoneRow, UseRow
from triage.lifecycle import WAITING
from triage.rejudging import UNJUDGED


def next_uses(session: Session, after: str, limit: int) -> list[str]:
    """The ids that follow `after`, of all that other rules may move."""
    left = col(UseRow.state).notin_([status.value for status in UNJUDGED])
    found = select(UseRow.id).where(col(UseRow.id) > after, left).order_by(col(UseRow.id)).limit(limit)
    return list(session.exec(found))


def reopened(session: Session, prefix: str) -> list[str]:
    """The uses whose approval this run opened again, and that still wait, by their reference.

    `prefix` and the id of a use is the key under which the run judged it.
    """
    done = session.exec(
        select(DoneRow.subject_id, DoneRow.outcome).where(
            col(DoneRow.key).startswith(prefix, autoescape=True)
        )
    )
    opened = {id for id, outcome in done if outcome.get("opened")}
    waiting = select(UseRow.id).where(col(UseRow.state).in_([status.value for status in WAITING]))
    return [id for id in session.exec(waiting.order_by(col(UseRow.ref))) if id in opened]
