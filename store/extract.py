"""The whole register, one record after the other; what was never handed in is nobody's but its writer's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from store.columns import to_text
from store.queries import handed_in
from store.records import load, past_of
from store.tables import PersonRow, SettingRow, UseRow, WordingRow
from store.trail import read
from triage.case import Case, Fact


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


def history(session: Session, use: str, until: datetime | None = None) -> Iterator[tuple[Fact, datetime]]:
    """Every answer ever given about a use, with the moment it was recorded, in that order."""
    return ((fact, at) for fact, at in past_of(session, use) if until is None or at <= until)


def settings(session: Session) -> Iterator[tuple[str, Any, str | None, str]]:
    """Key, value, who set it (None: the settings file) and when."""
    for row in session.exec(select(SettingRow).order_by(col(SettingRow.key))):
        yield row.key, row.value, row.changed_by, row.changed_at.isoformat()


def wordings(
    session: Session, until: datetime | None = None
) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Digest, kind, name, version, first sight and the exact files of every form, policy and text relied on."""
    for row in session.exec(select(WordingRow).order_by(col(WordingRow.first_seen), col(WordingRow.digest))):
        if until is None or row.first_seen <= until:
            yield row.digest, row.kind, row.name, row.version, row.first_seen.isoformat(), row.body


def trail_until(lines: Iterable[str], until: datetime | None) -> Iterator[str]:
    """The trail up to the first line of a later moment: what is before it is whole in itself."""
    last = to_text(until) if until else None
    over = False
    for line in lines:  # all are read: a query left half way is none that a server likes
        over = over or (last is not None and read(line).true and json.loads(line)["at"] > last)
        if not over:
            yield line
