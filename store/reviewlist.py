"""Reviews of the whole register, the latest first, read bit by bit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from store.reviews import ordered, to_step
from store.tables import ReviewStepRow, UseRow
from store.visibility import visible
from triage.register import Reader
from triage.reviews import Review

AT_ONCE = 200


class Listed(NamedTuple):
    ref: str
    title: str
    review: Review


def listed(session: Session, reader: Reader, until: datetime | None = None) -> Iterator[Listed]:
    """`until`: as far as they had come by then."""
    opening = (
        select(ReviewStepRow.review, UseRow.ref, UseRow.title, UseRow.tool_name)
        .join(UseRow, col(UseRow.id) == ReviewStepRow.use_id)
        .where(ReviewStepRow.kind == "opened", visible(reader))
        .order_by(col(ReviewStepRow.ref).desc())
    )
    if until is not None:
        opening = opening.where(ReviewStepRow.at <= until)
    found = session.exec(opening).all()
    for start in range(0, len(found), AT_ONCE):
        part = found[start : start + AT_ONCE]
        steps = select(ReviewStepRow).where(col(ReviewStepRow.review).in_([row[0] for row in part]))
        if until is not None:
            steps = steps.where(ReviewStepRow.at <= until)
        by_review: dict[str, list[ReviewStepRow]] = {}
        for row in session.exec(steps):
            by_review.setdefault(row.review, []).append(row)
        for id, ref, title, tool in part:
            known = tuple(to_step(row) for row in ordered(by_review[id]))
            yield Listed(ref or "", title or tool or "", Review(steps=known))
