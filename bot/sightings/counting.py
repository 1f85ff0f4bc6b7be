"""Counts what was seen of each tool in each team and week. Of people only how many, told apart by a hash that is
thrown away with the process."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from bot.sightings.days import day_of
from bot.sightings.headings import TELLS
from bot.sightings.plan import Plan
from bot.sightings.reading import picker
from intake.applications import Applications, Sighted

REMEMBERED = 200_000
"""Different cells whose tool is not looked for anew."""
MOST = 10**9
"""No list counts more, in a row or all together; what says so is damaged."""
LONGEST_NUMBER = 12
"""Digits; Python refuses to read some thousands."""
LONGEST_UNIT = 200
SOMEBODY = re.compile(r"\S@\S|<[@#!]")
"""No team is called like this: an address, or a mark of Slack."""


class Key(NamedTuple):
    """`week`: the Monday of it; None where the list says no day."""

    tool: str
    unit: str
    week: date | None


@dataclass
class Count:
    """`sure` once one sighting was; `people` are hashes; `claimed` is the most that a row says; `who`: see Counting."""

    hits: int = 0
    sure: bool = False
    general: bool = True
    claimed: int = 0
    people: set[int] = field(default_factory=set)
    who: set[str] = field(default_factory=set)
    first: date | None = None
    last: date | None = None

    @property
    def number(self) -> int:
        """How many people at least."""
        return max(len(self.people), self.claimed)


class Counting:
    """One reading. `unit_of` tells the team of an e-mail address, "" for who is not known.

    `names`: of what stands in no team, who it was, for whoever reads along; only where an organisation wants that.
    """

    def __init__(
        self,
        plan: Plan,
        known: Applications,
        unit_of: Callable[[str], str] = lambda person: "",
        *,
        names: bool = False,
    ) -> None:
        self._names = names
        self._known, self._unit_of = known, unit_of
        columns = list(plan.columns)
        self._tells = [name for name in TELLS if name in columns]
        self._what = self._picker([columns.index(name) for name in self._tells])
        self._place = {name: columns.index(name) for name in columns}
        self._seen: dict[Sequence[str], Sighted | None] = {}
        self._spelt: dict[str, str] = {}
        self.read = self.undated = 0
        self.counts: dict[Key, Count] = {}

    def _picker(self, at: Sequence[int]) -> Callable[[Sequence[str]], Sequence[str]]:
        """What of a row tells the tool; of a lone link only so much that its like are looked up once."""
        if self._tells == ["address"]:
            brief, only = self._known.brief, at[0]
            return lambda row: (brief(row[only]),)
        return picker(at)

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """The rows of one block; nearly none of a log's speak of AI, and those are passed over at once."""
        seen, what = self._seen, self._what
        for row in rows:
            cells = what(row)
            try:
                sighted = seen[cells]
            except KeyError:
                sighted = self._look(cells)
            self.read += 1
            if sighted is not None:
                self._count(row, sighted)

    def _look(self, cells: Sequence[str]) -> Sighted | None:
        if len(self._seen) >= REMEMBERED:
            self._seen.clear()
        found = (s for name, cell in zip(self._tells, cells, strict=True) for s in self._sighted(name, cell))
        self._seen[cells] = next(found, None)
        return self._seen[cells]

    def _sighted(self, name: str, cell: str) -> Iterable[Sighted]:
        known = self._known
        told = {"id": known.with_id, "address": known.at, "maker": known.bought, "words": known.bought}
        tell = told.get(name, known.named)
        return (found for part in cell.split("\n") if part.strip() and (found := tell(part)))

    def _count(self, row: Sequence[str], sighted: Sighted) -> None:
        person, day = self._cell(row, "person").strip().casefold(), day_of(self._cell(row, "at"))
        key = Key(sighted.tool.id, self._unit(row, person), day and day - timedelta(days=day.weekday()))
        count = self.counts.setdefault(key, Count())
        count.hits = min(count.hits + _number(self._cell(row, "count"), 1), MOST)
        count.claimed = max(count.claimed, _number(self._cell(row, "people"), 0))
        count.sure, count.general = count.sure or sighted.sure, count.general and sighted.general
        if person:
            count.people.add(hash(person))
            if self._names and not key.unit:
                count.who.add(person[:200])
        if day:
            count.first, count.last = min(count.first or day, day), max(count.last or day, day)
        else:
            self.undated += 1

    def _unit(self, row: Sequence[str], person: str) -> str:
        said = " ".join(self._cell(row, "unit").split())[:LONGEST_UNIT]
        if not said or SOMEBODY.search(said):  # a group may be called after who is in it
            said = self._unit_of(person) if person else ""
        return self._spelt.setdefault(said.casefold(), said)

    def _cell(self, row: Sequence[str], name: str) -> str:
        at = self._place.get(name)
        return "" if at is None else row[at]


def _number(cell: str, otherwise: int) -> int:
    digits = cell.strip().replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        return otherwise
    return MOST if len(digits) > LONGEST_NUMBER else min(int(digits), MOST)
