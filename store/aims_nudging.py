"""What fell due of an entry of the management system: a place in somebody's message of the day, and a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from store import aims, aims_due, audit, to_read, training
from store.aims_due import AIMS, REMINDED
from store.daily import OfEntry
from store.reachable import Quiet, later, reachable
from store.ready import is_ready
from store.tables import AimsEntryRow, DueRow
from triage.aims.calling import Call, called, holders, is_past
from triage.aims.entry import Entry
from triage.aims.errands import Errand, errand, errands
from triage.desk import Desk

ESCALATED = "aims.escalated"
Said = Mapping[str, Sequence[OfEntry]]
"""By person, what they are to hear of."""


def look(session: Session, row: DueRow, desk: Desk, quiet: Quiet) -> Said:
    """A row that fell due, judged by what is open now."""
    session.add(row)
    entry, call = _called(session, row, desk)
    if entry is None or call is None:
        row.state = "dropped"
        return {}
    if (then := later(session, call.people, desk, quiet)) is not None:
        row.due_at = then
        return {}
    return _carry_out(session, row, entry, call, reachable(session, call.people, desk, quiet), desk)


def look_ahead(session: Session, row: DueRow, before: Iterable[str], desk: Desk) -> Said:
    """The same for what comes later that day, where it is for one person alone who is written to anyway."""
    entry, call = _called(session, row, desk)
    if entry is None or call is None or len(call.people) != 1 or call.people[0] not in before:
        return {}
    if row.due_at >= desk.calendar(call.people[0]).next_morning(desk.now):
        return {}
    session.add(row)
    return _carry_out(session, row, entry, call, list(call.people), desk)


def _called(session: Session, row: DueRow, desk: Desk) -> tuple[Entry | None, Call | None]:
    entry = aims.load(session, row.subject_id)
    return entry, called(entry, row.kind, row.step, desk) if entry is not None else None


def _carry_out(
    session: Session, row: DueRow, entry: Entry, call: Call, people: Sequence[str], desk: Desk
) -> Said:
    row.state = "done"
    aims_due.step_on(session, row, call.errand, entry, desk)
    if is_past(row.step, call.errand, desk) or is_ready(session, entry, call.errand, desk):
        return {}
    detail: dict[str, audit.Machine] = {"ref": entry.ref, "errand": row.kind, "step": row.step}
    audit.append(
        session,
        REMINDED if call.because == "own" else ESCALATED,
        actor=None,
        subject_kind=AIMS,
        subject_id=entry.id,
        detail=detail | {"because": call.because, "people": list(people)},
        at=desk.now,
    )
    return {each: [OfEntry(entry.id, row.kind, call.because, call.holder)] for each in people}


def people_of(session: Session, row: DueRow, desk: Desk) -> tuple[str, ...]:
    """Whom it is for, before anything is done about it."""
    call = _called(session, row, desk)[1]
    return call.people if call is not None else ()


def owners(session: Session, rows: Iterable[DueRow]) -> frozenset[str]:
    """Who answers for what fell due."""
    about = {row.subject_id for row in rows if row.subject_kind == AIMS}
    found = session.exec(select(AimsEntryRow.owner).where(col(AimsEntryRow.id).in_(about))) if about else ()
    return frozenset(one for one in found if one)


class Waiting(NamedTuple):
    entry: Entry
    errand: Errand


def waiting_for(session: Session, person: str, desk: Desk) -> list[Waiting]:
    """What this person can do about entries by now, or soon; what is due first comes first."""
    found = [
        Waiting(entry, each)
        for id in aims_due.open_entries(session, desk.now)
        if (entry := aims.load(session, id)) is not None
        for each in errands(entry, desk)
        if person in holders(each, entry, desk) and _soon(each, desk)
        if not is_ready(session, entry, each, desk)
    ]
    return sorted(found, key=lambda each: (each.errand.due, each.entry.ref))


def _soon(due: Errand, desk: Desk) -> bool:
    """A version that waits for a yes is nobody's to put off: it is there from the first day on."""
    return due.kind == "approval" or due.due <= desk.day + aims_due.AHEAD


class Told(NamedTuple):
    """`errand`: None where it is settled since."""

    entry: Entry
    errand: Errand | None
    said: OfEntry


def as_now(session: Session, told: Iterable[Sequence[str]], desk: Desk) -> list[Told]:
    """What a message told of, as it stands now."""
    found = [(_as_now(session, each, desk), each) for each in (OfEntry(*one) for one in told)]
    return [Told(*now, each) for now, each in found if now is not None]


def _as_now(session: Session, said: OfEntry, desk: Desk) -> tuple[Entry, Errand | None] | None:
    if to_read.is_ours(said):
        return to_read.waits(session, said, desk)
    if training.is_ours(said):
        return training.waits(session, said, desk)
    entry = aims.load(session, said.entry)
    return (entry, _open(session, entry, said.errand, desk)) if entry is not None else None


def _open(session: Session, entry: Entry, name: str, desk: Desk) -> Errand | None:
    found = errand(entry, name, desk)
    return found if found is not None and not is_ready(session, entry, found, desk) else None
