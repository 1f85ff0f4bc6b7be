"""`steward scope`: what the management system covers, by which version, and which use is within it and why."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from bot import scoping
from bot.cli.days import add_day, end_of
from bot.cli.starting import utc_now
from bot.config import current
from bot.extract import Plain, to_row
from bot.library import library
from bot.pack.scope import Marks, signed, told
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import earlier, extract, people
from store.engine import Store
from store.entries import load
from store.sessions import Session
from triage.aims.scoped import KIND, WITHIN, Scope, scope_of
from triage.case import Status

NONE = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text", help="json: one a line")
    parser.add_argument("--only", choices=WITHIN, help="only uses that are marked so")
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            until = end_of(args.as_of, session) if args.as_of else None
            names, words = people.names(session), Words(zone=current(session).timezone)
            rows: list[Plain] = []
            found = marked(session, until, names, rows)
    finally:
        store.close()
    if found is None:
        print(words.label("scope.none_yet"), file=sys.stderr)
        return NONE
    rows = [row for row in rows if args.only in (None, row["scope"])]
    for line in _lines(args.format, found, rows, words, names):
        print(line)
    return 0


def of_scope(session: Session, until: datetime | None) -> Scope | None:
    """The one that counts, or counted at a moment."""
    units, shelf = current(session).organisation.units, library()
    return scope_of(load(session, KIND), shelf.form, shelf.wording, units, until)


def marked(
    session: Session, until: datetime | None, names: Mapping[str, str], rows: list[Plain]
) -> Marks | None:
    """Each use that is on record; of those that are confidential only how many there are."""
    entry, scope = load(session, KIND), of_scope(session, until)
    if entry is None or scope is None:
        return None
    found = Marks(entry, scope, names, rows.append)
    for each in extract.cases(session) if until is None else earlier.cases(session, until):
        if each.case is None or each.case.status is Status.draft:
            continue
        if each.case.confidential:
            found.hidden += 1
        else:
            found.take(each.case)
    return found


def _lines(
    form: str, found: Marks, rows: Sequence[Plain], words: Words, names: Mapping[str, str]
) -> Iterable[str]:
    if form == "json":
        return (json.dumps(row) for row in rows)
    if form == "csv":
        cells = (to_row(row, scoping.COLUMNS).rstrip("\r\n") for row in rows)
        return (",".join(scoping.COLUMNS), *cells)
    return map(printable, _text(found, rows, words, names))


def _text(found: Marks, rows: Iterable[Plain], words: Words, names: Mapping[str, str]) -> Iterator[str]:
    yield from str(found.scope.draft.said.get("covers", "")).splitlines()
    for each in scoping.versions(found.entry):
        by, day, yes, since = signed(each, names)
        version = f"{found.scope.ref}.{each.number}"
        yield words.label("scope.version", version=version, by=by, day=day, yes=yes or "-", since=since)
    for line, count in found.left_out:
        yield f"- {line.words}: {words.label('scope.leaves_out', count=count)}"
    yield ""
    for row in rows:
        standing = words.label(f"scope.is.{row['scope']}")
        yield f"{row['ref']}  {row['title']}: {standing} ({scoping.because(words, row)})"
    yield told(found, words)
