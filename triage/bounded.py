"""How large a condition may grow: rules that name others several times over are short to write and endless to read."""

from __future__ import annotations

from intake.condition import Condition, Every, Not, Some
from intake.source import Entry, Faults
from triage.own import FILE

MOST_PARTS = 2_000
"""Of one condition, with all it rests on written out; ours have at most 648. Each is looked at in every use."""
MOST_OF_THEIRS = 10_000
"""Of all rules of an organisation's own together."""


class Bounds:
    """Counted once for each object, as rules share what they rest on."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._known: dict[int, tuple[Condition, int]] = {}
        """By the id of an object, which is held here so that no other one gets it."""
        self._theirs = 0

    def hold(self, entry: Entry, condition: Condition) -> bool:
        """False, and a fault, where it has grown beyond them."""
        parts = self._parts(condition)
        self._theirs += parts if entry.file == FILE else 0
        if parts <= MOST_PARTS and self._theirs <= MOST_OF_THEIRS:
            return True
        most = MOST_PARTS if parts > MOST_PARTS else MOST_OF_THEIRS
        problem = f"has more than {most} parts with all the rules that it rests on"
        self._faults.add(entry, problem, "Name fewer rules in it, each of them once.")
        return False

    def _parts(self, condition: Condition) -> int:
        """How many there would be if it was written out."""
        match condition:
            case Not(of=part):
                inner: tuple[Condition, ...] = (part,)
            case Every(of=several) | Some(of=several):
                inner = several
            case _:
                return 1
        if id(condition) not in self._known:
            self._known[id(condition)] = condition, 1 + sum(map(self._parts, inner))
        return self._known[id(condition)][1]
