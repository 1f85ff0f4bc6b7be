"""Incidents on Home: those that are open, for whoever looks into them, and what somebody reported, for them alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot.slack.front import Front
from bot.slack.incident_seen import seen_by
from bot.slack.screens.incidentfacts import Seen
from store import incidents
from store.lists import Span
from store.sessions import Session
from triage.desk import Desk
from triage.incidents.clocks import waiting
from triage.incidents.permissions import handles

FAR = datetime.max.replace(tzinfo=UTC)


def handled(
    front: Front, session: Session, person: str, desk: Desk, span: Span
) -> tuple[tuple[Any, ...], int]:
    """Whose clock ends first stands first; nothing for whoever does not look into incidents."""
    if not handles(person, desk):
        return (), 0
    rows = incidents.rows_of(
        session, open_only=True, limit=None
    )  # the oldest may have the clock that ends first
    found = sorted(_seen(front, session, [row.id for row in rows], person, desk), key=_next)
    return _part(found, span)


def reported(
    front: Front, session: Session, person: str, desk: Desk, span: Span
) -> tuple[tuple[Any, ...], int]:
    """The newest first, whatever became of it."""
    rows = incidents.rows_of(session, reporter=person)
    return _part(list(_seen(front, session, [row.id for row in rows], person, desk)), span)


def _seen(front: Front, session: Session, ids: list[str], person: str, desk: Desk) -> Iterator[Seen]:
    for id in ids:
        if (incident := incidents.load(session, id)) is not None:
            yield seen_by(front, session, incident, person, desk)


def _next(seen: Seen) -> tuple[datetime, str]:
    dues = [each.due for each in waiting(seen.incident, seen.case, seen.desk) if each.due is not None]
    return min(dues, default=FAR), seen.incident.ref


def _part(found: list[Seen], span: Span) -> tuple[tuple[Any, ...], int]:
    end = span.start + span.most
    return tuple(found[span.start : end]), max(len(found) - end, 0)
