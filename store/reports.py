"""What people said of a use that gave a wrong answer: rows that are added and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, select

from store.columns import to_text
from store.tables import ReportRow
from triage.case import Case, Report


def reports_of(session: Session, case: str) -> Iterable[Report]:
    rows = session.exec(
        select(ReportRow).where(ReportRow.use_id == case).order_by(col(ReportRow.version), col(ReportRow.id))
    )
    for row in rows:
        yield Report(id=row.id, by=row.by, at=row.at, words=row.words)


def save_reports(session: Session, before: Case | None, case: Case) -> None:
    for made in case.reports[len(before.reports) if before else 0 :]:
        session.add(
            ReportRow(
                id=made.id, use_id=case.id, by=made.by, at=made.at, words=made.words, version=case.version
            )
        )


def report_of(made: Report) -> dict[str, Any]:
    """As the trail tells it."""
    return {"by": made.by, "at": to_text(made.at), "words": made.words}
