"""What a pack has of internal audits: what those of three years cover, and the report of each as a page of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot import auditreport
from bot.pack.sections import Cell, Section, Sheet, table
from bot.pack.using import Named
from bot.words import Words
from store import audited
from store.sessions import Session
from triage.aims.audited import AUDIT
from triage.aims.cycle import PROGRAMME, Cycle, by_chapter, cycle
from triage.aims.entry import Entry
from triage.aims.standard import points

CYCLE = "audits/cycle.html"


def reported(
    session: Session, entries: Sequence[Entry], day: date, words: Words, people: Named, *, whole: bool
) -> Iterator[Sheet]:
    links = (Cell(words.label("pack.system.title"), "../system.html"),)
    programme = next((each for each in entries if each.kind == PROGRAMME), None)
    covers = cycle(programme, (each for each in entries if each.kind == AUDIT), day)
    if covers is not None:
        yield _covers(words, covers, links)
    for each in audited.reports(session, entries, whole=whole):
        made = auditreport.sheet(words, each, people, links)
        yield made._replace(name=f"audits/{made.name}")


def in_short(entries: Sequence[Entry], words: Words) -> Section:
    """The report of each by its name, and what all of them cover."""
    title = words.label("pack.audits.title")
    held = [each for each in entries if each.kind == AUDIT and each.in_force is not None]
    rows = [
        (
            Cell(each.ref, f"audits/{each.ref}.html"),
            each.title,
            str(each.said("due") or ""),
            _stage(words, each),
        )
        for each in held
    ]
    blocks = [table(words.label("pack.audits.heads").split(" | "), rows)] if rows else []
    if any(each.kind == PROGRAMME and each.in_force is not None for each in entries):
        blocks.append(table((), [(Cell(words.label("cycle.title"), CYCLE),)]))
    says = () if blocks else (words.label("pack.none"),)
    return Section("audits", title, says, tuple(blocks))


def _stage(words: Words, audit: Entry) -> str:
    """As the page of the audit says it."""
    known = audit.stage if audit.stage in ("held", "reported", "closed") else "open"
    return words.label(f"audited.is.{known}")


def _covers(words: Words, found: Cycle, links: tuple[Cell, ...]) -> Sheet:
    held, planned, uncovered = map(by_chapter, (found.held, found.planned, found.uncovered))
    rows = (
        (
            auditreport.chapter(words, number),
            *(", ".join(those.get(number, ())) for those in (held, planned, uncovered)),
        )
        for number in by_chapter(points())
    )
    drawn = table(words.label("cycle.heads").split(" | "), rows)
    title = words.label("cycle.title")
    says = words.label("cycle.says", since=found.since.isoformat(), until=found.until.isoformat())
    return Sheet(CYCLE, title, (says,), (Section("cycle", title, (), (drawn,)),), links)
