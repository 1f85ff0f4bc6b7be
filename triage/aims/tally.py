"""Counts the records of each source of evidence one by one, in memory that does not grow with them; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from intake.value import Value
from triage.aims.covered import Evidence
from triage.aims.evidence import Plan, Source

SAMPLE = 5
"""So many of the newest are named."""


class Named(Value):
    """A record by what an auditor opens: its reference, or where there is none to be told, `place`."""

    ref: str
    place: str
    at: datetime


class Tally(Value):
    """Of one source: how many on each day, the newest moment, and the newest that differ, oldest first."""

    days: Mapping[str, int] = {}
    newest: datetime | None = None
    latest: tuple[Named, ...] = ()


class Counting:
    """Takes records in order."""

    def __init__(self, begun: Mapping[str, Tally] | None = None) -> None:
        """`begun`: what was counted before, by source."""
        self._days: dict[str, dict[str, int]] = {}
        self._newest: dict[str, datetime] = {}
        self._latest: dict[str, dict[str, Named]] = {}
        for name, tally in (begun or {}).items():
            if tally.newest is not None:
                self._days[name] = dict(tally.days)
                self._newest[name] = tally.newest
                self._latest[name] = {_key(each): each for each in tally.latest}

    def take(self, source: str, record: Named) -> None:
        at = record.at
        days = self._days.setdefault(source, {})
        day = at.astimezone(UTC).date().isoformat()
        days[day] = days.get(day, 0) + 1
        self._newest[source] = max(at, self._newest.get(source, at))
        latest = self._latest.setdefault(source, {})
        latest.pop(_key(record), None)
        latest[_key(record)] = record
        if len(latest) > SAMPLE:
            del latest[next(iter(latest))]

    def tallies(self) -> dict[str, Tally]:
        return {
            name: Tally(days=days, newest=self._newest[name], latest=tuple(self._latest[name].values()))
            for name, days in self._days.items()
        }


def together(before: Mapping[str, Tally], after: Mapping[str, Tally]) -> Mapping[str, Tally]:
    """What was counted before a moment, and after it."""
    return {
        name: _one(before.get(name, Tally()), after.get(name, Tally()))
        for name in dict.fromkeys((*before, *after))
    }


def _one(before: Tally, after: Tally) -> Tally:
    days = dict(before.days)
    for day, count in after.days.items():
        days[day] = days.get(day, 0) + count
    newest = max((each for each in (before.newest, after.newest) if each is not None), default=None)
    latest = {_key(each): each for each in before.latest}
    for each in after.latest:
        latest.pop(_key(each), None)
        latest[_key(each)] = each
    return Tally(days=days, newest=newest, latest=tuple(latest.values())[-SAMPLE:])


def _key(record: Named) -> str:
    return record.ref or record.place


class Line(NamedTuple):
    """What is looked at of a line of the trail."""

    what: str
    actor: str | None
    detail: Mapping[str, Any]


def wanted(plan: Plan) -> Mapping[str, tuple[Source, ...]]:
    """The sources that may count a line, by what happened in it."""
    found: dict[str, tuple[Source, ...]] = {}
    for source in plan.sources.values():
        for what in dict.fromkeys(each.what for each in source.lines):
            found[what] = (*found.get(what, ()), source)
    return found


def counts(source: Source, line: Line) -> bool:
    """What people must do counts for nothing where nobody stands behind it."""
    if source.by in ("people", "owner") and not line.actor:
        return False
    return any(each.what == line.what and each.fit(line.detail) for each in source.lines)


def evidence(source: Source, tally: Tally, since: date, hidden: Collection[str]) -> Evidence:
    """`hidden`: references that are not named."""
    within = sum(count for day, count in tally.days.items() if day >= since.isoformat())
    latest = [each.place if not each.ref or each.ref in hidden else each.ref for each in tally.latest]
    return Evidence(
        name=source.id,
        title=source.title,
        count=within,
        older=sum(tally.days.values()) - within,
        newest=tally.newest,
        sample=tuple(reversed(latest)),
        alone=source.by == "machine",
    )
