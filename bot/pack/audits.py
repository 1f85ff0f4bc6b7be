"""The reports of internal audits in a pack, each a page of its own to which the page of all entries leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot import auditreport
from bot.pack.sections import Cell, Sheet
from bot.pack.using import Named
from bot.words import Words
from store import audited
from store.sessions import Session
from triage.aims.entry import Entry


def reported(
    session: Session, entries: Iterable[Entry], words: Words, people: Named, *, whole: bool
) -> Iterator[Sheet]:
    links = (Cell(words.label("pack.system.title"), "../system.html"),)
    for each in audited.reports(session, entries, whole=whole):
        made = auditreport.sheet(words, each, people, links)
        yield made._replace(name=f"audits/{made.name}")
