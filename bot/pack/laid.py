"""The papers of management reviews in a pack: made again, and beside each whether it is what was sent out then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.management import as_json, inputs, written
from bot.pack.container import Container
from bot.pack.sections import Cell, Section, table
from bot.words import Words
from store.convened import CALL, last_laid
from store.sessions import Session
from triage.aims.entry import Entry

FOLDER = "reviews"


class Paper(NamedTuple):
    """`same`: made again it has the digest that was sealed when it was sent."""

    ref: str
    file: str
    days: str
    digest: str
    same: bool


def papers(
    session: Session, entries: Iterable[Entry], container: Container, zone: str, words: Words
) -> Iterator[Paper]:
    """One for each review whose paper was sent out."""
    for call in entries:
        sent = last_laid(call) if call.kind == CALL else None
        if sent is None:
            continue
        found = inputs(session, sent.since, sent.as_of, zone)
        file = f"{FOLDER}/{call.ref}.pdf"
        container.put(file, written(words, found, "pdf"))
        container.put(f"{FOLDER}/{call.ref}.json", as_json(found).encode())
        days = f"{sent.since.isoformat()} – {sent.as_of.isoformat()}"
        yield Paper(call.ref, file, days, sent.digest, found.digest == sent.digest)


def section(found: Iterable[Paper], words: Words) -> Section:
    rows = [
        (
            Cell(each.ref, f"system.html#{each.ref}"),
            each.days,
            Cell("PDF", each.file),
            each.digest,
            words.label("pack.laid.same" if each.same else "pack.laid.differs"),
        )
        for each in found
    ]
    says = words.label("pack.laid.says") if rows else words.label("pack.none")
    heads = words.label("pack.laid.heads").split(" | ")
    return Section("laid", words.label("pack.laid.title"), (says,), (table(heads, rows),) if rows else ())
