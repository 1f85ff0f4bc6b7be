"""What is on record, as it is asked before an audit from outside: each kind is read once, and only if asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlmodel import Session

from store import coverage, entries
from triage.aims.certifying import of_name
from triage.aims.covered import Covered
from triage.aims.entry import Entry
from triage.aims.errands import Errand
from triage.aims.ready import Record, is_followed, ready
from triage.calendar import Calendar
from triage.desk import Desk


def record_now(session: Session, desk: Desk) -> Record:
    """As it stands, without counting what would keep somebody waiting."""

    @cache
    def of(kind: str) -> Sequence[Entry]:
        return entries.of_kind(session, kind, "in_force", "proposed")

    @cache
    def covered() -> Sequence[Covered] | None:
        return coverage.now_covered(session, desk.now, desk.organisation.zone)

    return Record(of, covered, desk.calendar())


def record_of(every: Sequence[Entry], covered: Sequence[Covered] | None, calendar: Calendar) -> Record:
    """Of entries that were read already, as they were on some day."""
    return Record(lambda kind: [each for each in every if each.kind == kind], lambda: covered, calendar)


def is_ready(session: Session, entry: Entry, due: Errand, desk: Desk) -> bool:
    """Whether the record shows by now what is asked for; of anything else False, since somebody has to do it."""
    if due.kind == "next":
        return is_followed(entry, record_now(session, desk))
    one = of_name(entry, due.about) if due.kind == "milestone" else None
    return one is not None and ready(one, entry, record_now(session, desk)).met
