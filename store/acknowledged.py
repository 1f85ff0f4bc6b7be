"""Who was asked to read which version of a policy and who did: rows that are never changed, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal
from uuid import uuid4

from sqlmodel import Session, col, func, select

from store import audit
from store.columns import to_text
from store.legible import Cells, rows
from store.tables import AcknowledgedRow
from triage.aims.entry import Entry

SUBJECT = "acknowledgement"
"""The kind of subject of its lines and messages."""
LINES = {"asked": "policy.asked", "read": "policy.acknowledged"}
How = Literal["asked", "read"]


def note(session: Session, how: How, policy: Entry, version: int, person: str, *, now: datetime) -> bool:
    """Once for each version and person; False where it is on record already."""
    if when(session, how, policy.id, version, person) is not None:
        return False
    id = uuid4().hex
    line = audit.append(
        session,
        LINES[how],
        actor=person if how == "read" else None,
        subject_kind=SUBJECT,
        subject_id=id,
        detail={"policy": policy.id, "ref": policy.ref, "version": version, "people": [person]},
        at=now,
    )
    about: dict[str, Any] = {"policy": policy.id, "version": version, "kind": how, "person_id": person}
    session.add(AcknowledgedRow(id=id, **about, at=now, line=line))
    session.flush()
    return True


def when(session: Session, how: How, policy: str, version: int, person: str) -> datetime | None:
    row = AcknowledgedRow
    wanted = (row.policy == policy, row.version == version, row.person_id == person, row.kind == how)
    return session.exec(select(row.at).where(*wanted)).first()


def accepted(session: Session, policy: str, person: str) -> int:
    """The newest version that they said they had read; 0 for none."""
    row = AcknowledgedRow
    wanted = (row.policy == policy, row.person_id == person, row.kind == "read")
    return session.exec(select(func.max(row.version)).where(*wanted)).one() or 0


def moments(session: Session, how: How, policy: str, version: int) -> dict[str, datetime]:
    """By person."""
    row = AcknowledgedRow
    wanted = (row.policy == policy, row.version == version, row.kind == how)
    return dict(session.exec(select(row.person_id, row.at).where(*wanted)).all())


def begun(session: Session, policy: str, version: int) -> datetime | None:
    """When the first was asked."""
    row = AcknowledgedRow
    return session.exec(
        select(func.min(col(row.at))).where(row.policy == policy, row.version == version, row.kind == "asked")
    ).one()


def every(session: Session, until: datetime | None = None) -> Iterator[Cells]:
    """For an export, in the order in which it happened."""
    refs = {row["id"]: row["ref"] for row in rows(session, "aims_entry")}
    for row in rows(session, "acknowledged", by="line"):
        if until is None or row["at"] <= to_text(until):
            yield {**row, "ref": refs.get(row["policy"]), "person": row["person_id"]}


def differences(session: Session) -> Iterator[str]:
    """Held against the trail: each row by its line, and each line by its row."""
    told = {
        line.subject[1]: {
            "policy": line.detail.get("policy"),
            "version": line.detail.get("version"),
            "person_id": next(iter(people), None)
            if isinstance(people := line.detail.get("people"), list)
            else None,
            "kind": next(how for how, what in LINES.items() if what == line.what),
            "at": line.at,
            "line": line.seq,
        }
        for line in audit.records(session)
        if line.subject[0] == SUBJECT and line.what in LINES.values()
    }
    kept = {row["id"]: row for row in rows(session, "acknowledged", by="id")}
    yield from (f"the acknowledgement {id} is missing" for id in sorted(told.keys() - kept.keys()))
    for id, row in kept.items():
        if id not in told:
            yield f"the acknowledgement {id} is not in the trail"
            continue
        for name in [name for name, value in told[id].items() if row[name] != value]:
            yield f"the acknowledgement {id} was changed: {name}"
