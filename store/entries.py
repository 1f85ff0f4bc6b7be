"""Entries of the management system as the rows tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from store.incidents import texts_of
from store.tables import AimsEntryRow, AimsStepRow
from triage.aims.entry import Entry, Step


def load(session: Session, id: str) -> Entry | None:
    row = session.get(AimsEntryRow, id)
    return _entry(session, row) if row is not None else None


def by_ref(session: Session, ref: str) -> Entry | None:
    row = session.exec(select(AimsEntryRow).where(AimsEntryRow.ref == ref.strip().upper())).first()
    return _entry(session, row) if row is not None else None


def of_kind(session: Session, kind: str, *states: str) -> list[Entry]:
    """In the order in which they were begun; all of them where no state is named."""
    query = select(AimsEntryRow).where(AimsEntryRow.kind == kind)
    if states:
        query = query.where(col(AimsEntryRow.state).in_(states))
    rows = session.exec(query.order_by(col(AimsEntryRow.created_at), AimsEntryRow.ref)).all()
    return [_entry(session, row) for row in rows]


def waiting(session: Session) -> list[Entry]:
    """Those of which a version waits for somebody's yes."""
    query = select(AimsEntryRow).where(col(AimsEntryRow.proposed).is_not(None))
    rows = session.exec(query.order_by(col(AimsEntryRow.updated_at), AimsEntryRow.ref)).all()
    return [_entry(session, row) for row in rows]


def every_one(session: Session, until: datetime | None = None) -> Iterator[Entry]:
    """As they were at a moment: without the steps that came later."""
    for row in session.exec(select(AimsEntryRow).order_by(AimsEntryRow.ref)).all():
        found = _entry(session, row)
        then = found.steps if until is None else found.until(until)
        if then:
            yield Entry(id=found.id, kind=found.kind, name=found.name, ref=found.ref, steps=then)


def wordless(session: Session, until: datetime) -> Iterator[Entry]:
    """The same with what machines read alone, in two questions however many there are."""
    query = select(AimsStepRow).where(AimsStepRow.at <= until)
    found: dict[str, list[Step]] = defaultdict(list)
    for step in session.exec(query.order_by(AimsStepRow.entry_id, col(AimsStepRow.number))):
        found[step.entry_id].append(_step(step, {}))
    for row in session.exec(select(AimsEntryRow).order_by(AimsEntryRow.ref)):
        if row.id in found:
            yield Entry(id=row.id, kind=row.kind, name=row.name, ref=row.ref, steps=tuple(found[row.id]))


def steps_of(session: Session, entry: str) -> list[Step]:
    query = select(AimsStepRow).where(AimsStepRow.entry_id == entry).order_by(col(AimsStepRow.number))
    rows = session.exec(query).all()
    words = texts_of(session, [row.line for row in rows])
    return [_step(row, words[row.line]) for row in rows]


def _entry(session: Session, row: AimsEntryRow) -> Entry:
    about = {"id": row.id, "kind": row.kind, "name": row.name, "ref": row.ref}
    return Entry.model_validate({**about, "steps": tuple(steps_of(session, row.id))})


def _step(row: AimsStepRow, texts: Mapping[str, str]) -> Step:
    detail = {name: tuple(held) if isinstance(held, list) else held for name, held in row.detail.items()}
    told = {"id": row.id, "kind": row.kind, "by": row.by or "", "role": row.role, "at": row.at}
    return Step.model_validate(told | {"detail": detail, "texts": dict(texts)})
