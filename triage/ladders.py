"""Reads how somebody is reminded: the steps for each kind of thing, and how long a reminder may be put off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.calendar import Calendar

FILE = Path(__file__).with_name("ladders.yaml")
Kind = Literal[
    "condition",
    "report",
    "review",
    "reading",
    "tasks",
    "owner",
    "draft",
    "facts",
    "expiry",
    "pattern",
    "ended",
]
EntryKind = Literal[
    "action", "effect", "measure", "acceptance", "renewal", "ending", "part", "approval", "milestone", "stage",
    "acknowledge", "train", "next",
]  # fmt: skip
"""Of the management system's own entries (triage/aims/errands.py)."""
To = Literal["keeper", "reporter", "manager", "deputy", "deciders", "lead"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ENTRY_KINDS: tuple[EntryKind, ...] = get_args(EntryKind)
TIERS = (1, 2, 3, 4)


class Step(Value):
    """`days` after the day on which it is due; `say` names the words."""

    say: str
    days: int
    to: To

    def on(self, due: date, calendar: Calendar, like: datetime) -> datetime:
        """On the day itself or the next working day; what comes before its day comes no later than that."""
        day = due + timedelta(days=self.days)
        return calendar.morning_before(day, like) if self.days < 0 else calendar.morning(day, like)


class Snooze(Value):
    """How often a reminder may be put off, and for how many days each time at most."""

    times: int
    days: int


class Ladders(Value):
    steps: Mapping[Kind, tuple[Step, ...]]
    entries: Mapping[EntryKind, tuple[Step, ...]]
    snooze: Mapping[int, Snooze]
    offering: tuple[int, ...]


@cache
def ladders() -> Ladders:
    """Raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(FILE, faults)
    fields = entry.fields(faults, ("ladders", "entries", "snooze", "offering")) if entry else {}
    faults.stop_if_any()
    kinds = fields["ladders"].fields(faults, KINDS)
    steps = {kind: _steps(kinds[kind], faults) for kind in KINDS if kind in kinds}
    of_entries = fields["entries"].fields(faults, ENTRY_KINDS)
    entries = {kind: _steps(of_entries[kind], faults) for kind in ENTRY_KINDS if kind in of_entries}
    snooze = dict(filter(None, (_snooze(each, faults) for each in fields["snooze"].items(faults))))
    if sorted(snooze) != list(TIERS):
        faults.add(fields["snooze"], "does not name each tier once", "Name 1, 2, 3 and 4.")
    offering = _offering(fields["offering"], faults)
    faults.stop_if_any()
    return Ladders(steps=steps, entries=entries, snooze=snooze, offering=offering)


def steps_of(kind: Kind) -> tuple[Step, ...]:
    return ladders().steps[kind]


def steps_of_entry(kind: EntryKind) -> tuple[Step, ...]:
    return ladders().entries[kind]


def snooze_of(tier: int) -> Snooze:
    return ladders().snooze[tier]


def offering() -> tuple[int, ...]:
    return ladders().offering


def _offering(entry: Entry, faults: Faults) -> tuple[int, ...]:
    days = [each.whole(faults) for each in entry.fields(faults, ("days",))["days"].items(faults)]
    if not days or days != sorted(set(days)):
        faults.add(entry, "does not leave more time from one to the next", "Let the days grow.")
    return tuple(days)


def _steps(entry: Entry, faults: Faults) -> tuple[Step, ...]:
    found = []
    for each in entry.items(faults):
        fields = each.fields(faults, ("say", "days", "to"))
        if len(fields) < 3:
            continue
        to = fields["to"].text(faults)
        if to not in get_args(To):
            faults.add(fields["to"], f"`{to}` is nobody", did_you_mean(to, get_args(To)))
            continue
        given = {"say": fields["say"].text(faults), "days": fields["days"].whole(faults), "to": to}
        found.append(Step.model_validate(given))
    days = [step.days for step in found]
    if not found or days != sorted(set(days)):
        faults.add(entry, "does not go from one day to a later one", "Order the steps by their days.")
    gaps = [later - earlier for earlier, later in pairwise(days)]
    if gaps != sorted(gaps):
        faults.add(entry, "comes ever more often", "Let the time between two steps grow.")
    return tuple(found)


def _snooze(entry: Entry, faults: Faults) -> tuple[int, Snooze] | None:
    fields = entry.fields(faults, ("tier", "times", "days"))
    if len(fields) < 3:
        return None
    tier, times, days = (fields[name].whole(faults) for name in ("tier", "times", "days"))
    return tier, Snooze(times=times, days=days)
