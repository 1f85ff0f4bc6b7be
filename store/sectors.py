"""Which sector packs are on at this moment."""

from __future__ import annotations

from sqlmodel import Session

from store import entries
from triage.aims.sectors import KIND, switched_on


def on(session: Session) -> tuple[str, ...]:
    """By the names of their policies."""
    return switched_on(entries.of_kind(session, KIND, "in_force"))
