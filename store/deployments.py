"""Teams that joined an approved use, as rows: when, which conditions they accepted last, and when they left."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as alchemy
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from store.direct import Read
from store.tables import DeploymentRow
from triage.case import Case, Deployment

AT_MOST = 50


def deployments_of(session: Session, case: str) -> Iterable[Deployment]:
    query = select(DeploymentRow).where(DeploymentRow.use_id == case)
    for row in session.exec(query.order_by(col(DeploymentRow.joined_at), col(DeploymentRow.id))):
        yield Deployment(
            id=row.id,
            unit=row.unit or "",
            owner=row.owner_id or "",
            joined_at=row.joined_at,
            accepted=row.accepted or "",
            accepted_at=row.terms_acknowledged_at,
            left_at=row.left_at,
        )


def save_deployments(session: Session, before: Case | None, case: Case) -> None:
    for made in changed(before, case):
        row = session.get(DeploymentRow, made.id) or DeploymentRow(
            id=made.id, use_id=case.id, joined_at=made.joined_at, version=case.version
        )
        row.unit, row.owner_id, row.since = made.unit or None, made.owner, made.joined_at.date()
        row.accepted, row.terms_acknowledged_at = made.accepted or None, made.accepted_at
        row.left_at = made.left_at
        session.add(row)


def changed(before: Case | None, case: Case) -> list[Deployment]:
    known = before.deployments if before else ()
    return [each for each in case.deployments if each not in known]


def joined_by(session: Session, person: str) -> list[tuple[str, str]]:
    """The uses that a person joined and has not left, each with the deployment, the newest first."""
    return [(row.use_id, row.id) for row in JOINED.within(session, me=person)]


JOINED = Read(
    alchemy.select(DeploymentRow.use_id, DeploymentRow.id)  # type: ignore[call-overload]
    .where(DeploymentRow.owner_id == bindparam("me"), col(DeploymentRow.left_at).is_(None))
    .order_by(col(DeploymentRow.joined_at).desc())
    .limit(AT_MOST)
)
