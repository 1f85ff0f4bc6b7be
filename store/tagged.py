"""Records with the tags of other management systems, as they stood at a moment: each once, under its own reference."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from store import assessments
from store.entries import every_one
from store.entries import load as load_entry
from store.tables import AimsEntryRow
from triage.aims.entry import Entry, entry_id
from triage.aims.kinds import kinds
from triage.aims.tags import KIND, RECORDS, by_record, tags_of


class Tagged(NamedTuple):
    """`by`: the entry that says so; None where the record itself says where it is held."""

    record: Entry
    tags: tuple[str, ...]
    by: Entry | None


def kind_of(session: Session, ref: str) -> str:
    """Of a record that counts or did; "" where there is none of that reference."""
    query = select(AimsEntryRow.kind).where(
        AimsEntryRow.ref == ref, col(AimsEntryRow.state).in_(("in_force", "retired"))
    )
    return session.exec(query).first() or ""


def of_record(session: Session, record: Entry) -> tuple[str, ...]:
    return tags_of(record, load_entry(session, entry_id(kinds()[KIND], record.ref, "")))


def every(session: Session, until: datetime | None = None) -> list[Tagged]:
    """All that have a tag, in the order of their references; what never counted serves nothing."""
    entries = list(assessments.veiled(session, every_one(session, until)))
    said = by_record(entries)
    found = []
    for record in entries:
        tagged = said.get(record.ref)
        tags = tags_of(record, tagged) if record.kind in RECORDS else ()
        if tags and record.state in ("in_force", "retired"):
            found.append(Tagged(record, tags, tagged))
    return found
