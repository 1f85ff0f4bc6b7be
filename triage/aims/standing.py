"""How far the management system is set up: what stands, waits or is missing, in the order in which one would do it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from intake.value import Value
from triage.aims.entry import Draft, Entry, wanted
from triage.aims.kinds import Kind, kinds
from triage.aims.ruling import bar
from triage.desk import Desk

ORDER = (
    *("context", "issue", "party", "scope", "policy", "commitment", "duty", "objective", "appetite"),
    *("document", "action"),
)
BESIDES = frozenset(("document", "action"))
"""What an organisation may do without, so it counts for nothing in how far it is."""

State = Literal["in_place", "waits", "missing"]


class Stood(Value):
    """One kind: its entries that count or wait, oldest first. `again`: something in it is to be looked at once more."""

    kind: Kind
    state: State
    entries: tuple[Entry, ...] = ()
    again: bool = False

    @property
    def counting(self) -> tuple[Entry, ...]:
        return tuple(each for each in self.entries if each.in_force is not None)

    @property
    def waiting(self) -> tuple[Entry, ...]:
        return tuple(each for each in self.entries if each.proposed is not None)


class Standing(Value):
    steps: tuple[Stood, ...]

    def count(self, state: State) -> int:
        return sum(each.state == state for each in self.needed)

    @property
    def needed(self) -> tuple[Stood, ...]:
        return tuple(each for each in self.steps if each.kind.id not in BESIDES)

    @property
    def waiting(self) -> tuple[Entry, ...]:
        return tuple(entry for each in self.steps for entry in each.waiting)


def standing(entries: Iterable[Entry], day: date) -> Standing:
    """Of all kinds that belong to the set-up, whatever else is among them."""
    found: dict[str, list[Entry]] = {kind: [] for kind in ORDER}
    for entry in entries:
        if entry.kind in found and (entry.in_force is not None or entry.proposed is not None):
            found[entry.kind].append(entry)
    return Standing(steps=tuple(_stood(kinds()[kind], held, day) for kind, held in found.items()))


def _stood(kind: Kind, entries: list[Entry], day: date) -> Stood:
    counts = any(each.in_force is not None for each in entries)
    state: State = "in_place" if counts else "waits" if entries else "missing"
    again = any(is_due_again(each, day) for each in entries)
    return Stood(kind=kind, state=state, entries=tuple(entries), again=again)


def is_due_again(entry: Entry, day: date) -> bool:
    """Whether what counts has not been looked at for as long as its kind allows."""
    counts, months = entry.in_force, entry.of.review
    if counts is None or counts.since is None or months is None:
        return False
    year, month = divmod(counts.since.year * 12 + counts.since.month - 1 + months, 12)
    return (year, month + 1, counts.since.day) <= (day.year, day.month, day.day)


def approvers(entry: Entry, desk: Desk) -> tuple[str, ...]:
    """Who can say yes to what waits: never whoever drafted it, nor who did so already, nor about themselves."""
    waits = entry.proposed
    if waits is None:
        return ()
    able = dict.fromkeys(one for role in entry.of.approvers for one in sorted(desk.roles.get(role, ())))
    return tuple(one for one in able if not bar(entry, waits, one, desk))


def missing_yeses(draft: Draft, kind: Kind) -> int:
    return max(wanted(kind, draft.by, draft.number) - len(draft.yeses), 0)


def waits_for(entries: Iterable[Entry], person: str, desk: Desk) -> tuple[Entry, ...]:
    return tuple(each for each in entries if person in approvers(each, desk))
