"""The whole register, one record after the other; what was never handed in is nobody's but its writer's."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, select

from store.queries import handed_in
from store.records import load
from store.tables import PersonRow, UseRow
from triage.case import Case


def cases(session: Session) -> Iterator[Case]:
    """Every use that was handed in or imported, in the order of the references."""
    wanted = select(UseRow.id).where(handed_in()).order_by(col(UseRow.ref), col(UseRow.id))
    for use in session.exec(wanted).all():
        if (case := load(session, use)) is not None:
            yield case


def names(session: Session) -> Iterator[tuple[str, str, str, str]]:
    """Opaque id, team, Slack's id and name of everybody known."""
    people = select(PersonRow.id, PersonRow.team, PersonRow.slack_user, PersonRow.name)
    yield from session.exec(people.order_by(col(PersonRow.id)))
