"""Which facts a use is still without, as rows: written with the case, counted and found by an index."""

from __future__ import annotations

from sqlalchemy import delete, insert
from sqlmodel import Session, col

from store.tables import LackRow
from triage.case import Case, Status


def save_lacks(session: Session, before: Case | None, case: Case) -> None:
    """A draft is still being asked, and most of what is done to a request moves no result."""
    wanted = _facts(case)
    if wanted == _facts(before):
        return
    session.flush()  # the use that they refer to
    session.connection().execute(delete(LackRow).where(col(LackRow.use_id) == case.id))
    if wanted:
        session.connection().execute(
            insert(LackRow), [{"use_id": case.id, "fact": fact} for fact in sorted(wanted)]
        )


def _facts(case: Case | None) -> frozenset[str]:
    """Questions that can still move a result."""
    if case is None or case.status is Status.draft or case.verdict is None:
        return frozenset()
    return frozenset(gap.question for gap in case.verdict.gaps)
