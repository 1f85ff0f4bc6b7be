"""Who read which policy and holds which role, in a pack: each version in numbers, and then each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.pack import apart
from bot.pack.sections import Cell, Section, Sheet, Table, table
from bot.pack.using import Named, who
from bot.words import Words
from store.legible import Cells
from triage.aims.entry import Entry

PAGE, FIRST = "people.html", 500
"""So many people are named on the page; the tables hold them all."""


class Version(NamedTuple):
    """One version of a policy: by person, on which days they were asked and said that they had read it."""

    ref: str
    number: int
    asked: dict[str, str]
    read: dict[str, str]


def versions(rows: Iterable[Cells]) -> tuple[Version, ...]:
    found: dict[tuple[str, int], Version] = {}
    for row in rows:
        key = str(row["ref"] or ""), int(row["version"])
        held = found.setdefault(key, Version(*key, {}, {}))
        (held.read if row["kind"] == "read" else held.asked)[str(row["person"])] = str(row["at"])[:10]
    return tuple(found[key] for key in sorted(found))


def section(found: Sequence[Version], entries: Sequence[Entry], words: Words) -> Section:
    """For the index."""
    title = words.label("pack.read.title")
    if not found:
        return Section("read", title, (words.label("pack.read.none"),))
    return Section("read", title, (words.label("pack.read.says"),), (_counts(found, entries, words, PAGE),))


def _counts(found: Sequence[Version], entries: Sequence[Entry], words: Words, page: str) -> Table:
    names = {each.ref: each.title or each.name for each in entries}
    rows = (
        (
            Cell(f"{each.ref} {names.get(each.ref, '')}".strip(), f"{page}#{_anchor(each)}"),
            str(each.number),
            str(len(each.asked.keys() | each.read.keys())),
            str(len(each.read)),
            min(each.asked.values(), default=""),
            max(each.read.values(), default=""),
        )
        for each in found
    )
    return table(words.label("pack.read.counts").split(" | "), rows)


def _anchor(each: Version) -> str:
    return f"{each.ref}-{each.number}"


def sheet(
    found: Sequence[Version],
    entries: Sequence[Entry],
    settings: Mapping[str, object],
    words: Words,
    people: Named,
) -> Sheet:
    """`settings`: in which the roles stand."""
    top = (words.label("pack.read.says") if found else words.label("pack.read.none"),)
    links = (Cell(words.label("pack.index"), "index.html"),)
    roles = apart.sections(settings, entries, words, people)
    read = tuple(_each(found, entries, words, people))
    return Sheet(PAGE, words.label("pack.apart.title"), top, (*read, *roles), links)


def _each(
    found: Sequence[Version], entries: Sequence[Entry], words: Words, people: Named
) -> Iterator[Section]:
    names = {each.ref: each.title or each.name for each in entries}
    for each in found:
        everybody = sorted(
            each.asked.keys() | each.read.keys(), key=lambda one: (each.read.get(one, ""), one)
        )
        rows = (
            (
                who(people, one),
                each.asked.get(one, ""),
                each.read.get(one) or words.label("pack.read.not_yet"),
            )
            for one in everybody[:FIRST]
        )
        more = (
            words.label("pack.read.more", shown=FIRST, count=len(everybody)) if len(everybody) > FIRST else ""
        )
        heads = words.label("pack.read.heads").split(" | ")
        title = words.label("pack.read.version", what=names.get(each.ref) or each.ref, number=each.number)
        yield Section(_anchor(each), title, (), (table(heads, rows, more),))
