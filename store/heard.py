"""What people who are affected said of a use, as it was known at a moment."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from store import sheets
from triage.heard import FORM, Heard, heard_of


def heard(session: Session, use: str, until: datetime | None = None) -> Heard | None:
    past = sheets.past_of(session, sheets.id_of(use, FORM))
    return heard_of(fact for fact, at in past if until is None or at <= until)
