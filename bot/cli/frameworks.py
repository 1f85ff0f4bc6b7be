"""`steward frameworks`: which records serve ISO 27001, ISO 9001, SOC 2 or another management system, too, by tag."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot import serving
from bot.cli.days import add_day, end_of
from bot.cli.starting import utc_now
from bot.extract import Plain
from bot.extract import to_row as to_cells
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import people, tagged
from store.engine import Store
from store.tagged import Tagged
from triage.aims.tags import tag_named

NONE = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--for",
        dest="tag",
        metavar="SYSTEM",
        help="the records of one, such as iso_27001, soc_2, or a name of your own; without it, how many each has",
    )
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text", help="json: one a line")
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store, words = Store(settings.database_url, now=utc_now), Words()
    try:
        with store.read() as session:
            until = end_of(args.as_of, session) if args.as_of else None
            found, names = tagged.every(session, until), people.names(session)
    finally:
        store.close()
    if args.tag is None:
        for line in _counted(args.format, found, words, names):
            print(line)
        if not found:
            print(words.label("aims.serves_nothing"), file=sys.stderr)
        return 0
    shown = serving.of_tag(found, args.tag)
    for line in _lines(args.format, [serving.to_row(each, names) for each in shown], serving.COLUMNS):
        print(line)
    if shown:
        return 0
    named = serving.name(words, tag_named(args.tag))
    print(printable(words.label("aims.serves_none", system=named)), file=sys.stderr)
    return NONE


def _counted(form: str, found: Sequence[Tagged], words: Words, names: Mapping[str, str]) -> Iterable[str]:
    """Without a system: all of them, or in text how many each has."""
    if form != "text":
        return _lines(form, list(serving.rows(found, names)), serving.OF_ALL)
    of = serving.counts(found)
    return (printable(f"{of[tag]:>6}  {serving.name(words, tag)}") for tag in sorted(of))


def _lines(form: str, rows: Sequence[Plain], columns: tuple[str, ...]) -> Iterator[str]:
    if form == "json":
        yield from (json.dumps(row) for row in rows)
        return
    if form == "csv":
        yield ",".join(columns)
        yield from (to_cells(row, columns).rstrip("\r\n") for row in rows)
        return
    for row in rows:
        ends = f", until {row['until']}" if row["until"] else ""
        yield printable(
            f"{row['ref']}.{row['version']}  {row['title']} ({row['kind']}), {row['state']}{ends}"
        )
