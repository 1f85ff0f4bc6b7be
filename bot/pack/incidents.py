"""Incidents with their clocks: a row for each clock, and a page on which each incident has a place of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from bot.extract import Plain
from bot.pack.sections import Cell, Section, Sheet, Table, table
from bot.pack.using import Named, moment, who
from bot.words import Words
from triage.case import Case
from triage.incidents.clocks import Running, clocks_at
from triage.incidents.incident import OVER, Incident, Status

COLUMNS = ("ref", "clock", "law", "starts", "due", "settled_at", "settled_by", "role", "state")
PAGE = "incidents.html"


class Kept(NamedTuple):
    """An incident as a pack shows it: `row` as in the index; of a closed one nothing more."""

    row: tuple[str | Cell, ...]
    ref: str
    about: tuple[str, ...] = ()
    clocks: tuple[Plain, ...] = ()


def clocks(incident: Incident, case: Case | None, at: datetime) -> tuple[Plain, ...]:
    """As they stood at that moment; of what was no incident none runs."""
    if incident.status is Status.rejected:
        return ()
    return tuple(_plain(incident, each) for each in clocks_at(incident, case, at))


def _plain(incident: Incident, each: Running) -> Plain:
    done = each.settled
    is_over = done is None and incident.status in OVER
    settled = (done.when or done.at) if done else None
    return {
        "ref": incident.ref,
        "clock": each.id,
        "law": each.clock.law,
        "starts": each.starts.isoformat(),
        "due": each.due.isoformat() if each.due else None,
        "settled_at": settled.isoformat() if settled else None,
        "settled_by": done.by or None if done else None,
        "role": done.role if done else None,
        "state": "closed" if is_over else each.state,
    }


def sheet(found: Iterable[Kept], words: Words, people: Named) -> Sheet:
    sections = tuple(
        Section(each.ref, each.ref, each.about, tuple(_clocks(each, words, people)))
        for each in found
        if each.about
    )
    top = (words.label("pack.clocks.says"),) if sections else (words.label("pack.none"),)
    links = (Cell(words.label("pack.index"), "index.html"),)
    return Sheet(PAGE, words.label("pack.incidents.title"), top, sections, links)


def _clocks(kept: Kept, words: Words, people: Named) -> Iterator[Table]:
    rows = [
        (
            *(
                _named(words, str(each["clock"])),
                str(each["law"]),
                moment(each["starts"]),
                moment(each["due"]),
            ),
            *(moment(each["settled_at"]), who(people, each["settled_by"])),
            *(str(each["role"] or "").replace("_", " "), words.label(f"pack.clocks.is.{each['state']}")),
        )
        for each in kept.clocks
    ]
    if rows:
        yield table(words.label("pack.clocks.heads").split(" | "), rows)


def _named(words: Words, clock: str) -> str:
    return words.label(f"clock.{clock}") if words.has(f"clock.{clock}") else clock
