"""The scope in a pack: its versions with who drafted and approved each, and which use it covers, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from bot import scoping
from bot.extract import Plain
from bot.pack.sections import Cell, Section, Sheet, Table, table
from bot.words import Words
from triage.aims.entry import Draft, Entry
from triage.aims.scoped import WITHIN, Line, Scope
from triage.case import Case

PAGE, SHOWN = "scope.html", 200
FIRST = ("outside", "not_sure", "within")
Named = Mapping[str, str]


class Marks:
    """Takes uses as they go by, and keeps how many there are of each mark and the first of each."""

    def __init__(
        self, entry: Entry, scope: Scope, people: Named, put: Callable[[Plain], object] = lambda row: None
    ) -> None:
        self.entry, self.scope, self._people, self._put = entry, scope, people, put
        self.counts = Counter[str]()
        self.hidden = 0
        self.shown: dict[str, list[Plain]] = {each: [] for each in FIRST}
        self._left = Counter[str]()

    def take(self, case: Case) -> Plain:
        row = scoping.to_row(self.scope, case, self._people)
        self._put(row)
        within = str(row["scope"])
        self.counts[within] += 1
        if row["why"] == "left_out":
            self._left[str(row["what"])] += 1
        if len(self.shown[within]) < SHOWN:
            self.shown[within].append(row)
        return row

    @property
    def left_out(self) -> Iterator[tuple[Line, int]]:
        """Each line of what is left out, and how many uses that is."""
        return ((line, self._left[line.words]) for line in self.scope.left_out)


def told(found: Marks, words: Words) -> str:
    """How many are within, outside or neither; what is hidden is counted, and never told where it is."""
    of = {each: found.counts[each] for each in WITHIN} | {"hidden": found.hidden}
    parts = [words.label(f"scope.count.{each}", count=count) for each, count in of.items() if count]
    return ", ".join(parts) or words.label("scope.count.none")


def in_short(found: Marks | None, words: Words) -> Section:
    title = words.label("pack.scope.title")
    if found is None:
        return Section("scope", title, (words.label("pack.scope.none"),))
    link = table((), ((Cell(words.label("pack.scope.all"), PAGE),),))
    return Section("scope", title, (_covers(found), told(found, words)), (link,))


def sheet(found: Marks, words: Words, people: Named) -> Sheet:
    top = (_covers(found), told(found, words), words.label("pack.scope.says"))
    sections = (
        Section("versions", words.label("pack.scope.versions"), (), (_versions(found, words, people),)),
        Section("bounds", words.label("pack.scope.bounds"), (), (_bounds(found, words),)),
        *_uses(found, words),
    )
    links = (Cell(words.label("pack.index"), "index.html"),)
    return Sheet(PAGE, words.label("pack.scope.title"), top, sections, links)


def _covers(found: Marks) -> str:
    return str(found.scope.draft.said.get("covers", ""))


def _versions(found: Marks, words: Words, people: Named) -> Table:
    rows = ((str(each.number), *signed(each, people)) for each in scoping.versions(found.entry))
    return table(words.label("pack.scope.versions_heads").split(" | "), rows)


def signed(draft: Draft, people: Named) -> tuple[str, str, str, str]:
    """Who drafted it and when, who said yes, and from when it counts."""
    day = draft.at.date().isoformat()
    return scoping.drafter(draft, people), day, scoping.approvers(draft, people), scoping.since(draft)


def _bounds(found: Marks, words: Words) -> Table:
    """Beside each line what a rule makes of it; free words are for people alone."""
    said = found.scope.draft.said.get("units")
    units = ", ".join(said) if isinstance(said, tuple) else words.label("scope.all_units")
    binds = words.label("scope.bounds" if found.scope.bounds else "scope.free")
    rows = [
        (words.label("scope.part.units"), units, ""),
        *((words.label("scope.part.activities"), each.words, binds) for each in found.scope.activities),
        *(
            (words.label("scope.part.left_out"), line.words, words.label("scope.leaves_out", count=count))
            for line, count in found.left_out
        ),
    ]
    return table(words.label("pack.scope.bounds_heads").split(" | "), rows)


def _uses(found: Marks, words: Words) -> Iterable[Section]:
    """What is outside or unsure first; all of them are in the table of the same name."""
    for within in FIRST:
        rows, count = found.shown[within], found.counts[within]
        if rows:
            more = words.label("pack.scope.more", shown=len(rows), count=count) if count > len(rows) else ""
            heads = words.label("pack.scope.uses_heads").split(" | ")
            drawn = table(heads, (_cells(row, words) for row in rows), more)
            yield Section(within, words.label(f"pack.scope.{within}"), (), (drawn,))


def _cells(row: Plain, words: Words) -> tuple[str, ...]:
    return (*(str(row[name]) for name in ("ref", "title", "unit")), scoping.because(words, row))
