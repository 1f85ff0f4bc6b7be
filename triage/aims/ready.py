"""Whether what has to be ready before an audit from outside is: held against what is on record, never said by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from intake.value import Value
from triage.aims.certification import Milestone
from triage.aims.certifying import Planned, stages
from triage.aims.covered import Covered
from triage.aims.entry import Entry
from triage.aims.errands import CLOSED
from triage.calendar import Calendar
from triage.expiring import after


class Record(NamedTuple):
    """`of`: all entries of a kind; `covered`: None where it was not counted yet, so that nothing is claimed."""

    of: Callable[[str], Sequence[Entry]]
    covered: Callable[[], Sequence[Covered] | None]
    calendar: Calendar


class Ready(Value):
    """`shown`: references of what shows it; `lacks`: of what is in the way."""

    met: bool
    shown: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def ready(one: Planned, entry: Entry, record: Record) -> Ready:
    return CHECKS[one.of.check](one, entry, record)


def _counting(milestone: Milestone, record: Record) -> list[Entry]:
    return [each for each in record.of(milestone.of) if each.in_force is not None]


def _shown(found: Sequence[Entry]) -> Ready:
    return Ready(met=bool(found), shown=tuple(each.ref for each in found))


def _since(one: Planned) -> date:
    """The first day that is recent enough for the stage."""
    return after(one.on, -one.of.months) if one.of.months else date.min


def _in_force(one: Planned, entry: Entry, record: Record) -> Ready:
    found = _counting(one.of, record)
    return _shown([each for each in found if _since(one) <= _counts_from(each, one.of, record) <= one.on])


def _counts_from(entry: Entry, milestone: Milestone, record: Record) -> date:
    held = entry.in_force
    assert held is not None
    if milestone.day:
        return date.fromisoformat(str(held.said[milestone.day]))
    return record.calendar.day_of(held.since or held.at)


def _running(one: Planned, entry: Entry, record: Record) -> Ready:
    """The first version counts: one that was changed since runs on."""
    found = _counting(one.of, record)
    begun = ((each, min(draft.since for draft in each.drafts if draft.since)) for each in found)
    return _shown([each for each, at in begun if after(record.calendar.day_of(at), one.of.months) <= one.on])


def _acted(one: Planned, entry: Entry, record: Record) -> Ready:
    def last(each: Entry) -> date:
        days = [record.calendar.day_of(done.at) for done in each.done_now if done.stage in one.of.stages]
        return max(days, default=date.min)

    found = [each for each in _counting(one.of, record) if each.stage in one.of.stages]
    return _shown([each for each in found if _since(one) <= last(each)])


def _measured(one: Planned, entry: Entry, record: Record) -> Ready:
    found = _counting(one.of, record)
    lacks = [each.ref for each in found if not _within(each, _since(one), record)]
    done = [each.ref for each in found if each.ref not in lacks]
    return Ready(met=bool(found) and not lacks, shown=tuple(done), lacks=tuple(lacks))


def _within(entry: Entry, since: date, record: Record) -> bool:
    return any(record.calendar.day_of(each.at) >= since for each in entry.done)


def _closed(one: Planned, entry: Entry, record: Record) -> Ready:
    """What a rule put forward and nobody answered is in the way, too: silence closes nothing."""
    weights = one.of.weights
    every = [each for each in record.of(one.of.of) if not weights or each.said("weight") in weights]
    lacks = [each.ref for each in every if _is_open(each)]
    shown = [each.ref for each in every if each.in_force is not None and each.ref not in lacks]
    return Ready(met=not lacks, shown=tuple(shown), lacks=tuple(lacks))


def _is_open(entry: Entry) -> bool:
    if entry.in_force is None:
        return entry.proposed is not None
    return entry.stage != CLOSED


def _coverage(one: Planned, entry: Entry, record: Record) -> Ready:
    found = record.covered()
    if found is None:
        return Ready(met=False)
    lacks = tuple(each.point for each in found if each.stage in one.of.never)
    return Ready(met=not lacks, lacks=lacks)


def _agreed(one: Planned, entry: Entry, record: Record) -> Ready:
    stage = next((each for each in stages(entry) if each.id == one.stage), None)
    agreed = stage is not None and stage.agreed
    return Ready(met=agreed, shown=(entry.ref,) if agreed else ())


CHECKS: Mapping[str, Callable[[Planned, Entry, Record], Ready]] = {
    "in_force": _in_force,
    "running": _running,
    "acted": _acted,
    "measured": _measured,
    "closed": _closed,
    "coverage": _coverage,
    "agreed": _agreed,
}


def is_followed(entry: Entry, record: Record) -> bool:
    """Of what recurs: whether a later one stands or waits for its yes, or the next one is called."""
    recurs = entry.of.recurs
    if recurs is None:
        return False
    on_its_day = {each.id: (str(each.said(recurs.since)), each.ref) for each in record.of(entry.kind)}
    called = (each for each in record.of(recurs.called) if each.in_force is not None)
    later = max(on_its_day.values(), default=("", "")) > on_its_day.get(entry.id, ("", ""))
    return later or any(each.stage != CLOSED for each in called)
