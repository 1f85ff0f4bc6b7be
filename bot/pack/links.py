"""Links that lead out of a pack: how many there are, and in which record each stands. Nobody opens them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from bot.extract import Plain
from bot.pack.sections import Cell, Section, Sheet, table
from bot.words import Words

COLUMNS = ("ref", "table", "link")
PAGE, FIRST = "links.html", 500
"""So many stand on the page; the table has them all."""
QUOTING = frozenset(
    {
        *("results", "wordings", "questionnaires", "judge"),
        *("aims", "applicability", "frameworks", "history", "gaps", "links", "coverage"),
    }
)
"""Tables of laws and rules, and those that say again what another one says."""
OF_RULES = ("results", "decisions")
LINK = re.compile(r"https?://[^\s<>\"'`|\\^{}]+", re.IGNORECASE)
ENDS = ".,;:!?)]"


class Outside(NamedTuple):
    ref: str
    table: str
    link: str


class Links:
    """Looks at rows as they are written; of one record and table each link counts once. `first`: for the page."""

    def __init__(self, put: Callable[[Plain], object]) -> None:
        self._put = put
        self._record: tuple[str, str] = ("", "")
        self._seen = set[str]()
        self.count = 0
        self.first: list[Outside] = []

    def look(self, name: str, record: Plain) -> None:
        if name in QUOTING:
            return
        ref = str(record.get("ref") or record.get("use") or record.get("source_id") or record.get("id") or "")
        if (name, ref) != self._record:
            self._record, self._seen = (name, ref), set()
        for column, value in record.items():
            for link in _in(value) if column not in OF_RULES else ():
                if link not in self._seen:
                    self._seen.add(link)
                    self._take(Outside(ref, name, link))

    def _take(self, found: Outside) -> None:
        self.count += 1
        if len(self.first) < FIRST:
            self.first.append(found)
        self._put(found._asdict())


def _in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if "://" in value:
            yield from (found.rstrip(ENDS) for found in LINK.findall(value))
    elif isinstance(value, dict):
        for name in sorted(value):  # databases keep names in orders of their own
            yield from _in(value[name])
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _in(each)


def in_short(found: Links, words: Words) -> Section:
    """For the index."""
    title = words.label("pack.links.title")
    if not found.count:
        return Section("links", title, (words.label("pack.links.none"),))
    link = table((), ((Cell(words.label("pack.links.all"), PAGE),),))
    return Section("links", title, (words.label("pack.links.says", count=found.count),), (link,))


def sheet(found: Links, words: Words) -> Sheet:
    """The address stands as text: a page of a pack leads nowhere outside of it."""
    shown: Sequence[Outside] = sorted(found.first)
    rows = ((_place(each.ref), f"tables/{each.table}.csv", each.link) for each in shown)
    more = words.label("pack.links.more", shown=FIRST, count=found.count) if found.count > FIRST else ""
    drawn = table(words.label("pack.links.heads").split(" | "), rows, more)
    says = words.label("pack.links.says", count=found.count)
    parts = (Section("links", words.label("pack.links.all"), (), (drawn,)),)
    links = (Cell(words.label("pack.index"), "index.html"),)
    return Sheet(PAGE, words.label("pack.links.title"), (says,), parts, links)


def _place(ref: str) -> Cell:
    """Where in the pack its record is told."""
    of = {"AIU": f"uses/{ref}.html", "AII": f"incidents.html#{ref}"}
    system = f"system.html#{ref}" if re.fullmatch(r"AI[A-Z]-\d{4}-\d+", ref) else ""
    return Cell(ref, of.get(ref[:3], system))
