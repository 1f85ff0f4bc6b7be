"""Which skills and trainings each role needs, and how many of those who hold it have them, unit by unit: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from intake.value import Value
from triage.aims.competence import State, noted, skill
from triage.aims.entry import Entry
from triage.aims.training import Trainee, many

USES = "uses"
"""In the place of a role, of those who need a training for their uses alone."""


class Cell(Value):
    """Of one unit, those who need one thing in one role. `needs`: the reference of the training or the skills."""

    unit: str
    role: str
    needs: str
    title: str
    people: int
    has: int
    late: int
    waits: int

    @property
    def gap(self) -> int:
        return self.people - self.has


class Needed(NamedTuple):
    """One thing that somebody needs in a role, and how it stands."""

    entry: Entry
    role: str
    person: str
    state: State


def skilled(entry: Entry, people: Iterable[str], today: date) -> list[Needed]:
    """Whoever holds the role; silence is a gap, and so is a record that ran out."""
    role = str(entry.said("role") or "")
    return [Needed(entry, role, one, skill(noted(entry, one), today)) for one in sorted(people)]


def learned(
    entry: Entry, asked: Iterable[Trainee], roles: Mapping[str, frozenset[str]], today: date
) -> list[Needed]:
    """In each of its roles that they hold; who holds one and was not asked yet is a gap, too."""
    found = {each.person: each for each in asked}
    held = {role: roles.get(role, frozenset()) for role in many(entry, "roles")}
    needed = [
        Needed(entry, role, one, _training(found.get(one), today))
        for role, people in held.items()
        for one in sorted(people)
    ]
    others = found.keys() - frozenset().union(*held.values())
    return [*needed, *(Needed(entry, USES, one, _training(found[one], today)) for one in sorted(others))]


def _training(one: Trainee | None, today: date) -> State:
    if one is None:
        return "open"
    if one.waits is not None:
        return "waits"
    if one.late(today):
        return "late"
    return "open" if one.done is None else "has"


def matrix(needed: Iterable[Needed], unit_of: Mapping[str, str]) -> tuple[Cell, ...]:
    """By unit, role and what is needed; people without a unit come last."""
    found: dict[tuple[str, str, str], list[Needed]] = defaultdict(list)
    for each in needed:
        found[unit_of.get(each.person, ""), each.role, each.entry.ref].append(each)
    return tuple(_cell(key, found[key]) for key in sorted(found, key=lambda key: (not key[0], *key)))


def _cell(key: tuple[str, str, str], held: Sequence[Needed]) -> Cell:
    unit, role, ref = key
    states = [each.state for each in held]
    counts = {"has": states.count("has"), "late": states.count("late"), "waits": states.count("waits")}
    about = {"unit": unit, "role": role, "needs": ref, "title": held[0].entry.title, "people": len(held)}
    return Cell.model_validate({**about, **counts})
