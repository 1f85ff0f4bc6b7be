"""The messages that are owed of what a model was asked: its words, or one sentence that there are none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from store import outbox
from store.tables import ConsultRow

CONSULT = "consult"
"""What its messages are about, and what they are called where messages are owed."""
PRIORITY = 1
NOTHING = ("failed", "refused", "spent", "withheld", "dropped")
"""Where there are no words, and whoever asked for some hears why."""


def put(
    session: Session,
    row: ConsultRow,
    kind: str,
    payload: dict[str, Any],
    where: dict[str, Any],
    now: datetime,
) -> None:
    outbox.put(
        session,
        kind=kind,
        subject_kind=CONSULT,
        subject_id=row.id,
        purpose=CONSULT,
        payload=payload,
        priority=PRIORITY,
        coalesce=f"{CONSULT}:{row.id}",
        now=now,
        **where,
    )


def put_none(session: Session, row: ConsultRow, now: datetime) -> None:
    """Nobody who asked for a draft is left to wonder whether it still comes."""
    if row.asked_by:
        put(session, row, "post", {"say": CONSULT, "thread": None}, {"person_id": row.asked_by}, now)
