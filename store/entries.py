"""Entries of the management system as the rows tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from store.incidents import texts_of
from store.tables import AimsEntryRow, AimsStepRow
from triage.aims.entry import Entry, Step

AT_ONCE = 500


def load(session: Session, id: str) -> Entry | None:
    row = session.get(AimsEntryRow, id)
    return next(of_rows(session, [row])) if row is not None else None


def by_ref(session: Session, ref: str) -> Entry | None:
    row = session.exec(select(AimsEntryRow).where(AimsEntryRow.ref == ref.strip().upper())).first()
    return next(of_rows(session, [row])) if row is not None else None


def of_kind(session: Session, kind: str, *states: str) -> list[Entry]:
    """In the order in which they were begun; all of them where no state is named."""
    return of_kinds(session, (kind,), *states)


def of_kinds(session: Session, kinds: Sequence[str], *states: str) -> list[Entry]:
    """Of several, in one question."""
    query = select(AimsEntryRow).where(col(AimsEntryRow.kind).in_(kinds))
    if states:
        query = query.where(col(AimsEntryRow.state).in_(states))
    rows = session.exec(query.order_by(col(AimsEntryRow.created_at), AimsEntryRow.ref)).all()
    return list(of_rows(session, rows))


def every_one(
    session: Session, until: datetime | None = None, kinds: Collection[str] | None = None
) -> Iterator[Entry]:
    """As they were at a moment: without the steps that came later. `kinds`: of these alone."""
    query = select(AimsEntryRow).order_by(AimsEntryRow.ref)
    if kinds is not None:
        query = query.where(col(AimsEntryRow.kind).in_(sorted(kinds)))
    for found in of_rows(session, session.exec(query).all()):
        then = found.steps if until is None else found.until(until)
        if then:
            yield Entry(id=found.id, kind=found.kind, name=found.name, ref=found.ref, steps=then)


def standing(session: Session) -> list[Entry]:
    """All that counts or waits for a yes."""
    query = select(AimsEntryRow).where(col(AimsEntryRow.state).in_(("in_force", "proposed")))
    return list(of_rows(session, session.exec(query.order_by(AimsEntryRow.ref)).all()))


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
    return _steps(session, [entry])[entry]


def of_rows(session: Session, rows: Sequence[AimsEntryRow]) -> Iterator[Entry]:
    """In their order, in two questions for some hundred of them: one for their steps, one for the words of these."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        steps = _steps(session, [row.id for row in some])
        for row in some:
            about = {"id": row.id, "kind": row.kind, "name": row.name, "ref": row.ref}
            yield Entry.model_validate({**about, "steps": tuple(steps[row.id])})


def _steps(session: Session, ids: Sequence[str]) -> dict[str, list[Step]]:
    query = select(AimsStepRow).where(col(AimsStepRow.entry_id).in_(ids))
    rows = session.exec(query.order_by(AimsStepRow.entry_id, col(AimsStepRow.number))).all()
    words = texts_of(session, [row.line for row in rows])
    found: dict[str, list[Step]] = defaultdict(list)
    for row in rows:
        found[row.entry_id].append(_step(row, words[row.line]))
    return found


def _step(row: AimsStepRow, texts: Mapping[str, str]) -> Step:
    detail = {name: tuple(held) if isinstance(held, list) else held for name, held in row.detail.items()}
    told = {"id": row.id, "kind": row.kind, "by": row.by or "", "role": row.role, "at": row.at}
    return Step.model_validate(told | {"detail": detail, "texts": dict(texts)})
