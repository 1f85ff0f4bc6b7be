"""Which of the organisation's own policies counted at a moment, read from what was stated until then."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from store import aims
from triage.aims.published import Published, published


def published_at(session: Session, at: datetime) -> tuple[Published, ...]:
    """Also of those that were retired or changed since."""
    return published(aims.of_kind(session, "policy"), at)
