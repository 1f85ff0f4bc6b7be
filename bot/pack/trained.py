"""Who needs and did which training, in a pack: each training in numbers, and then each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bot.pack.sections import Cell, Section, Sheet, Table, table
from bot.pack.using import Named, who
from bot.words import Words
from store.legible import Cells
from triage.aims.entry import Entry
from triage.aims.training import KIND, Noted, Trainee, trainees

PAGE, FIRST = "training.html", 500
"""So many people are named on the page; the tables hold them all."""


class Trained(NamedTuple):
    """One training with those who needed it then."""

    entry: Entry
    people: tuple[Trainee, ...]


def trained(rows: Iterable[Cells], entries: Sequence[Entry]) -> tuple[Trained, ...]:
    found: dict[str, list[Noted]] = {}
    for row in rows:
        day, by = date.fromisoformat(row["day"]), row["by"] or ""
        noted = Noted(row["kind"], row["person"], day, by, row["line"], row["counts"])
        found.setdefault(row["training"], []).append(noted)
    held = (each for each in entries if each.kind == KIND and each.in_force is not None)
    return tuple(Trained(each, trainees(each, found.get(each.id, ()))) for each in held)


def section(found: Sequence[Trained], today: date, words: Words) -> Section:
    """For the index."""
    title = words.label("pack.trained.title")
    if not found:
        return Section("trained", title, (words.label("pack.trained.none"),))
    return Section("trained", title, (words.label("pack.trained.says"),), (_counts(found, today, words),))


def _counts(found: Sequence[Trained], today: date, words: Words) -> Table:
    states = [[state_of(one, today) for one in each.people] for each in found]
    rows: list[list[str | Cell]] = []
    for each, held in zip(found, states, strict=True):
        counts = (str(held.count(state)) for state in ("holds", "late", "waits"))
        name = Cell(f"{each.entry.ref} {each.entry.title}".strip(), f"{PAGE}#{each.entry.ref}")
        rows.append([name, str(len(each.people)), *counts])
    return table(words.label("pack.trained.counts").split(" | "), rows)


def state_of(one: Trainee, today: date) -> str:
    if one.waits is not None:
        return "waits"
    if one.late(today):
        return "late"
    return "open" if one.done is None else "holds"


def sheet(found: Sequence[Trained], today: date, words: Words, people: Named) -> Sheet:
    top = (words.label("pack.trained.says") if found else words.label("pack.trained.none"),)
    links = (Cell(words.label("pack.index"), "index.html"),)
    return Sheet(
        PAGE, words.label("pack.trained.title"), top, tuple(_each(found, today, words, people)), links
    )


def _each(found: Sequence[Trained], today: date, words: Words, people: Named) -> Iterator[Section]:
    heads = words.label("pack.trained.heads").split(" | ")
    for each in found:
        rows = (
            (
                who(people, one.person),
                one.done.isoformat() if one.done else "",
                one.due.isoformat() if one.due else "",
                words.label(f"pack.trained.{state_of(one, today)}"),
            )
            for one in each.people[:FIRST]
        )
        count = len(each.people)
        more = words.label("pack.trained.more", shown=FIRST, count=count) if count > FIRST else ""
        yield Section(each.entry.ref, each.entry.title, (), (table(heads, rows, more),))
