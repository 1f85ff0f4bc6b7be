"""Phases of the roll-out: from which day on which uses are decided, and which are only recorded until then; pure.

Nothing is put off by silence: without a plan, or where the plan has no day for it, a use is decided as always.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from triage.aims.entry import Entry, Said
from triage.aims.supplied import same_name
from triage.case import Case
from triage.outcome import Refused

KIND = "phase"
TIERS = {"low": 1, "medium": 2, "high": 3, "very_high": 4}
ALWAYS = 3
"""From this tier on a use is decided whatever the plan says."""
MILD = ("out_of_scope", "minimal", "limited")
"""Classes of the EU AI Act that may wait at all."""
LONGEST = 24
"""Months: what begins later is no plan."""


class Phase(NamedTuple):
    """`units`: as they are compared; none: all of them."""

    ref: str
    title: str
    since: date
    tiers: frozenset[int]
    units: frozenset[str]

    def covers(self, tier: int, unit: str) -> bool:
        return tier in self.tiers and (not self.units or unit in self.units)


def phases(entries: Iterable[Entry]) -> tuple[Phase, ...]:
    """Those that count, the first to begin in front."""
    counting = [each for each in entries if each.kind == KIND and each.in_force is not None]
    return tuple(sorted(map(_phase, counting), key=_by_day))


def _phase(entry: Entry) -> Phase:
    said = entry.in_force.said if entry.in_force is not None else {}
    return Phase(
        ref=entry.ref,
        title=entry.title,
        since=date.fromisoformat(str(said["since"])),
        tiers=frozenset(TIERS[each] for each in _several(said.get("tiers")) if each in TIERS),
        units=frozenset(map(same_name, _several(said.get("units")))),
    )


def recorded_until(plan: Iterable[Phase], case: Case, day: date, by_file: str = "") -> date | None:
    """The first day on which it is decided, where that is to come; None: it is decided now."""
    found = recorded_under(plan, case, day, by_file)
    return found.since if found is not None else None


def recorded_under(plan: Iterable[Phase], case: Case, day: date, by_file: str = "") -> Phase | None:
    """The phase that it waits for, the first to begin; of those that begin on one day it counts to one alone.

    `by_file`: the requester's unit by the people file; what they stated themselves puts nothing off beside it.
    """
    found = tuple(plan)
    if not found or case.verdict is None or not _may_wait(case):
        return None
    bounds, units = case.verdict.tier, {same_name(case.unit), same_name(by_file or case.unit)}
    tiers = range(int(bounds.floor), int(bounds.ceiling) + 1)
    begin = [_begins(found, tier, unit, day) for tier in tiers for unit in units]
    first = min((each for each in begin if each is not None), key=_by_day, default=None)
    return first if None not in begin else None


def _may_wait(case: Case) -> bool:
    verdict = case.verdict
    if verdict is None or int(verdict.tier.ceiling) >= ALWAYS:
        return False
    return str(verdict.results["eu"].ceiling) in MILD


def _by_day(phase: Phase) -> tuple[date, str]:
    return phase.since, phase.ref


def _begins(plan: tuple[Phase, ...], tier: int, unit: str, day: date) -> Phase | None:
    """Of one tier; of whose unit nobody knows it counts as everybody's where that begins sooner."""
    begun = [each for each in plan if each.since <= day]
    if any(each.covers(tier, unit) or (not unit and tier in each.tiers) for each in begun):
        return None
    return next((each for each in plan if each.since > day and each.covers(tier, unit)), None)


def check_phase(said: Mapping[str, Said], today: date) -> None:
    since = date.fromisoformat(str(said["since"])) if said.get("since") else today
    if (since.year - today.year) * 12 + since.month - today.month > LONGEST:
        raise Refused("entry_field", field="since", wrong="far")


def _several(said: Said | None) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else (said,) if isinstance(said, str) else ()
