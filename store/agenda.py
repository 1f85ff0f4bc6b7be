"""Everything in the management system that has a day, as it stood at a moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from store import coverage, entries
from store.ready import record_now, record_of
from store.risks import stale as stale_ones
from triage.aims.agenda import Dated, agenda
from triage.aims.covered import Covered
from triage.aims.entry import Entry
from triage.calendar import Calendar
from triage.desk import Desk

ACCEPTANCE = "acceptance"


def now_dated(session: Session, every: Sequence[Entry], desk: Desk) -> tuple[Dated, ...]:
    """`every`: the entries, as whoever looks may read them; what is on record is asked of all of it."""
    return _without(agenda(every, record_now(session, desk), desk.day), stale_ones(session, desk.day))


def dated(
    session: Session,
    at: datetime,
    calendar: Calendar,
    covered: Sequence[Covered] | None = None,
    every: Sequence[Entry] | None = None,
    *,
    stale: Collection[str] = (),
) -> tuple[Dated, ...]:
    """As it was at a moment, with nothing of what came after it. What was read already is not read again.

    `stale`: risks whose acceptance counts no more.
    """
    found = tuple(entries.every_one(session, at)) if every is None else every
    shows = coverage.covered(session, calendar.zone, at) if covered is None else covered
    return _without(agenda(found, record_of(found, shows, calendar), calendar.day_of(at)), stale)


def _without(found: Iterable[Dated], stale: Collection[str]) -> tuple[Dated, ...]:
    """What was accepted on other facts is not accepted until any day."""
    return tuple(each for each in found if each.what != ACCEPTANCE or each.entry not in stale)
