"""Who is no colleague: people of other workspaces, guests, bots, and those whose account is closed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from store.tables import PersonRow
from triage.desk import Desk


def outsiders(session: Session, *, team: str = "") -> frozenset[str]:
    """They may ask for a use like everybody and see their own, but nothing else of the register.

    They hold no role, whatever a setting or a user group says. `team`: ours, where Slack said which that is.
    """
    query = select(PersonRow.id).where(
        or_(
            *([col(PersonRow.team) != team] if team else []),
            col(PersonRow.foreign_team).is_(True),
            col(PersonRow.is_bot).is_(True),
            col(PersonRow.deleted).is_(True),
            col(PersonRow.restricted).is_(True),
        )
    )
    return frozenset(session.exec(query))


def here(session: Session, at: datetime) -> frozenset[str]:
    """Who was here at a moment."""
    stays = or_(col(PersonRow.gone_at) > at, col(PersonRow.gone_at).is_(None))
    return frozenset(session.exec(select(PersonRow.id).where(stays, col(PersonRow.is_bot).is_(False))))


def colleagues(session: Session, desk: Desk) -> frozenset[str]:
    """Who is here and can be asked to learn or to read something, and to say that they did."""
    here = select(PersonRow.id).where(col(PersonRow.gone_at).is_(None), col(PersonRow.is_bot).is_(False))
    return frozenset(session.exec(here)) - desk.unasked
