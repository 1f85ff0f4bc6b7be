"""Incidents: a row for each of their clocks, and a page on which each stands with its clocks and all its steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from bot.extract import Plain
from bot.pack import stepped
from bot.pack.papers import Papers
from bot.pack.sections import Cell, Section, Sheet, Table, table
from bot.pack.using import Named, known, moment, who
from bot.words import Words
from triage.case import Case
from triage.incidents.clocks import Running, clocks_at
from triage.incidents.incident import OVER, Incident, Status

COLUMNS = ("ref", "clock", "law", "starts", "due", "settled_at", "settled_by", "role", "state")
PAGE = "incidents.html"


class Kept(NamedTuple):
    """An incident as a pack shows it: `row` as in the index; of a closed one nothing more.

    `use`: what it is about, as a link where that has a page.
    """

    row: tuple[str | Cell, ...]
    ref: str
    about: tuple[str, ...] = ()
    clocks: tuple[Plain, ...] = ()
    incident: Incident | None = None
    use: str | Cell = ""


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


def put(listed: Iterable[Kept], papers: Papers) -> None:
    """A row for each clock, in a table."""
    with papers.table("incident_clocks", COLUMNS) as row:
        for clock in (each for kept in listed for each in kept.clocks):
            row(clock)


def sheet(found: Iterable[Kept], words: Words, people: Named) -> Sheet:
    sections = tuple(_section(each, each.incident, words, people) for each in found if each.incident)
    top = (words.label("pack.clocks.says"),) if sections else (words.label("pack.none"),)
    links = (Cell(words.label("pack.index"), "index.html"),)
    return Sheet(PAGE, words.label("pack.incidents.title"), top, sections, links)


def _section(kept: Kept, incident: Incident, words: Words, people: Named) -> Section:
    short = table((), stepped.in_short(incident, kept.use, words, people))
    heads = words.label("pack.incident.steps_heads").split(" | ")
    steps = table(heads, stepped.steps(incident, words, people))
    blocks = (short, *_clocks(kept, incident, words, people), steps)
    return Section(kept.ref, kept.ref, kept.about, blocks)


def _clocks(kept: Kept, incident: Incident, words: Words, people: Named) -> Iterator[Table]:
    rows = [
        (
            f"{_named(words, str(each['clock']))} ({known(words, 'clock_law', each['law'])})",
            *(moment(each["starts"]), moment(each["due"])),
            words.label(f"pack.clocks.is.{each['state']}"),
            _settled(each, words, people),
            _recorded(each, incident, words),
        )
        for each in kept.clocks
    ]
    if rows:
        yield table(words.label("pack.clocks.heads").split(" | "), rows)


def _settled(each: Plain, words: Words, people: Named) -> str:
    if not each["settled_at"]:
        return ""
    role = f" ({known(words, 'role_name', each['role'])})" if each["role"] else ""
    return f"{moment(each['settled_at'])}, {who(people, each['settled_by'])}{role}"


def _recorded(each: Plain, incident: Incident, words: Words) -> str:
    """A reference or a reason, as it was written; that a clock was met without any is said, too."""
    settled = incident.now.settled.get(str(each["clock"]))
    if settled is None:
        return ""
    return settled.reason or words.label("pack.clocks.bare")


def _named(words: Words, clock: str) -> str:
    return words.label(f"clock.{clock}") if words.has(f"clock.{clock}") else clock
