"""The whole register, one record after the other; what was never handed in is nobody's but its writer's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from store.columns import to_text
from store.legible import UNREADABLE, rows
from store.queries import handed_in
from store.records import load, past_of
from store.tables import UseRow
from store.trail import read
from triage.case import Case, Fact


class Found(NamedTuple):
    """A use by its name; `case` is None where what is kept of it cannot be read."""

    name: str
    case: Case | None


def cases(session: Session) -> Iterator[Found]:
    """Every use that was handed in or imported, in the order of the references."""
    wanted = select(UseRow.id, UseRow.ref).where(handed_in()).order_by(col(UseRow.ref), col(UseRow.id))
    for use, ref in session.exec(wanted).all():
        try:
            case = load(session, use)
        except UNREADABLE:
            yield Found(ref or use, None)
            continue
        if case is not None:
            yield Found(ref or use, case)


def names(session: Session) -> Iterator[tuple[str, str, str, str]]:
    """Opaque id, team, Slack's id and name of everybody known."""
    for row in rows(session, "person", by="id"):
        yield row["id"], row["team"], row["slack_user"], row["name"]


def history(session: Session, use: str, until: datetime | None = None) -> Iterator[tuple[Fact, datetime]]:
    """Every answer ever given about a use, with the moment it was recorded, in that order."""
    return ((fact, at) for fact, at in past_of(session, use) if until is None or at <= until)


def settings(session: Session) -> Iterator[tuple[str, Any, str | None, str]]:
    """Key, value, who set it (None: the settings file) and when."""
    for row in rows(session, "setting", by="key"):
        yield row["key"], row["value"], row["changed_by"], row["changed_at"]


def wordings(session: Session, until: datetime | None = None) -> Iterator[tuple[str, ...]]:
    """Digest, kind, name, version, first sight and the exact files of every form, policy and text relied on."""
    columns = ("digest", "kind", "name", "version", "first_seen", "body")
    kept = [tuple(row[name] for name in columns) for row in rows(session, "wording", by="digest")]
    for row in sorted(kept, key=lambda each: each[4]):
        if until is None or row[4] <= to_text(until):
            yield row


def trail_until(lines: Iterable[str], until: datetime | None) -> Iterator[str]:
    """The trail up to the first line of a later moment: what is before it is whole in itself."""
    last = to_text(until) if until else None
    over = False
    for line in lines:  # all are read: a query left half way is none that a server likes
        over = over or (last is not None and read(line).true and json.loads(line)["at"] > last)
        if not over:
            yield line
