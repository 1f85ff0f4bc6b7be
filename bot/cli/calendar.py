"""`steward calendar`: everything in the management system that has a day, what is next and what was skipped first."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bot import agenda
from bot.cli.days import add_day, end_of
from bot.cli.starting import utc_now
from bot.config import current
from bot.icsfile import ics
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import agenda as kept
from store import risks
from store.engine import Store
from store.extract import names
from triage.aims.agenda import Dated
from triage.calendar import Calendar

UNWRITTEN = 2
FORMATS = {"ics": "the file that calendar programs open", "svg": "the picture of it"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--done", action="store_true", help="also what was done")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, by day")
    for form, what in FORMATS.items():
        parser.add_argument(f"--{form}", metavar="FILE", help=f"{what}, written to a file")
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            config = current(session)
            at = utc_now() if args.as_of is None else end_of(args.as_of, session)
            calendar = Calendar(config.timezone)
            stale = risks.stale(session, calendar.day_of(at)) if args.as_of is None else frozenset[str]()
            found = kept.dated(session, at, calendar, stale=stale)
            people = {id: name for id, _, _, name in names(session)}
    finally:
        store.close()
    words, today = Words(config.language, config.timezone), calendar.day_of(at)

    def name(person: str) -> str:
        return people.get(person) or person

    files = {
        args.ics: lambda: ics(words, found, at, name),
        args.svg: lambda: agenda.picture(words, found, today).encode(),
    }
    for path in filter(None, files):
        try:
            Path(path).write_bytes(files[path]())
        except OSError as error:
            print(f"{printable(path)} could not be written: {printable(str(error))}", file=sys.stderr)
            return UNWRITTEN
    if args.json:
        for each in found:
            if args.done or each.state != "done":
                print(json.dumps(agenda.plain(each), ensure_ascii=True, sort_keys=True))
    elif not any(files):
        for line in _lines(words, found, today, name, done=args.done):
            print(printable(line))
    return 0


def _lines(
    words: Words, found: Sequence[Dated], today: date, name: agenda.Name, *, done: bool
) -> Iterator[str]:
    late, ahead = agenda.of(found, "late"), agenda.of(found, "ahead")
    yield f"{_line(words, ahead[0], today)}" if ahead else words.label("agenda.nothing_next")
    parts = [(words.label("agenda.skipped", count=len(late)), late), (words.label("agenda.ahead"), ahead)]
    if done:
        parts.append((words.label("agenda.done"), agenda.of(found, "done")))
    for head, rows in parts:
        if rows:
            yield from ("", head)
        for each in rows:
            yield f"  {_line(words, each, today)}"
            yield f"              {'; '.join((each.ref, *agenda.more(words, each, name)))}"


def _line(words: Words, each: Dated, today: date) -> str:
    return f"{each.day.isoformat()}  {agenda.what(words, each)} ({agenda.when(words, each, today)})"
