"""What an entry of the management system came from and led to, by the references that entries say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import String, cast
from sqlmodel import Session, col, select

from store.entries import of_rows
from store.tables import AimsEntryRow, AimsStepRow
from triage.aims.asked import ASKED, is_of
from triage.aims.entry import Entry

STANDING = ("in_force", "proposed")
ARISE = ("nonconformity", "improvement", "opportunity", "risk", *ASKED)
"""What comes from something else, and says so."""


def refs_in(entry: Entry) -> tuple[str, ...]:
    """All that what is shown of it names, in order."""
    fields = [field.id for field in entry.of.fields if field.kind == "refs"]
    said = (entry.said(field) for field in fields)
    return tuple(dict.fromkeys(ref for each in said if isinstance(each, tuple) for ref in each))


def named_in(session: Session, refs: Iterable[str]) -> list[Entry]:
    """Those of these references that are entries themselves."""
    query = select(AimsEntryRow).where(col(AimsEntryRow.ref).in_(tuple(refs)))
    return list(of_rows(session, session.exec(query.order_by(AimsEntryRow.ref)).all()))


def arisen_from(session: Session, ref: str, of: Sequence[str] = ARISE) -> list[Entry]:
    """What counts or waits and says that it came from this."""
    names = cast(col(AimsStepRow.detail), String).contains(f'"{ref}"', autoescape=True)
    steps = select(AimsStepRow.entry_id).where(AimsStepRow.kind == "draft", names)
    query = select(AimsEntryRow).where(
        col(AimsEntryRow.id).in_(steps),
        col(AimsEntryRow.kind).in_(of),
        col(AimsEntryRow.state).in_(STANDING),
    )
    found = of_rows(session, session.exec(query.order_by(AimsEntryRow.ref)).all())
    return [each for each in found if ref in said_from(each)]


def asked_by(session: Session, party: Entry) -> list[Entry]:
    """What an interested party wished for or asked, by reference or by its name."""
    query = select(AimsEntryRow).where(
        col(AimsEntryRow.kind).in_(ASKED), col(AimsEntryRow.state).in_(STANDING)
    )
    found = of_rows(session, session.exec(query.order_by(AimsEntryRow.ref)).all())
    return [each for each in found if is_of(each, party)]


def said_from(entry: Entry) -> tuple[str, ...]:
    """What it came from, by what counts and by what waits."""
    drafts = filter(None, (entry.in_force, entry.proposed))
    said = (draft.said.get("from") for draft in drafts)
    return tuple(ref for each in said if isinstance(each, tuple) for ref in each)
