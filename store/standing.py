"""Who is no colleague: people of other workspaces, guests, bots, and those whose account is closed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from store.tables import PersonRow


def outsiders(session: Session, *, team: str) -> frozenset[str]:
    """They may ask for a use like everybody and see their own, but nothing else of the register."""
    return _ids(session, team, col(PersonRow.restricted).is_(True))


def without_office(session: Session, *, team: str) -> frozenset[str]:
    """They hold no role, whatever a setting or a user group says; a guest may hold one."""
    return _ids(session, team)


def _ids(session: Session, team: str, *more: ColumnElement[bool]) -> frozenset[str]:
    query = select(PersonRow.id).where(
        or_(
            col(PersonRow.team) != team,
            col(PersonRow.foreign_team).is_(True),
            col(PersonRow.is_bot).is_(True),
            col(PersonRow.deleted).is_(True),
            *more,
        )
    )
    return frozenset(session.exec(query))
