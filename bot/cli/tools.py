"""`steward tools`: what is known of the terms of tools, and that somebody looked at them; others have uses reviewed."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from bot.cli.import_ import opened
from bot.cli.starting import open_store, prepare, utc_now
from bot.inventory.rows import Unreadable, read_rows
from bot.library import library
from bot.office import Office, tool_named
from bot.settings import Settings
from bot.toolchanges import COLUMNS, LONGEST, Counts, Found, newer, not_come, note, take
from intake.source import printable
from store import tools
from store.engine import Store
from triage.asset import CHANGES

NOT_FOUND, REFUSED_SOME, UNREADABLE = 1, 3, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    wishes = parser.add_subparsers(dest="wish", required=True, metavar="list|terms|import")
    wishes.add_parser("list", help="every tool that somebody looked at, with the day and what changed last")
    terms = wishes.add_parser("terms", help="somebody looked at the terms of a tool, or what else may change")
    terms.add_argument("tool", metavar="TOOL", help="its id or exactly its name")
    terms.add_argument("--checked-on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    terms.add_argument("--what", choices=CHANGES, default="terms", help="what was looked at (default: terms)")
    terms.add_argument(
        "--terms",
        metavar="WORDS",
        help="what they come to, where that is other than before; the uses of the tool are then looked at again",
    )
    taken = wishes.add_parser(
        "import", help="what changed of many tools; the same file twice changes nothing"
    )
    taken.add_argument(
        "file",
        metavar="FILE",
        help="CSV or JSON lines: tool, what, changed, day, link; - reads standard input",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings)
    try:
        prepare(settings, store)
        if args.wish == "list":
            return _list(store)
        return _import(store, args.file) if args.wish == "import" else _terms(store, args)
    finally:
        store.close()


def _list(store: Store) -> int:
    """Not those that are only spoken of: the tool of a confidential use would be among them."""
    with store.read() as session:
        known = [each for each in tools.assets(session).values() if each.checked_on or each.changed]
    for each in sorted(known, key=lambda each: each.name.casefold()):
        print(printable(f"{each.id}  {each.name}  {each.checked_on or '-'}  {each.terms}").rstrip())
        for what, said in each.changed.items():
            if what != tools.TERMS:
                print(printable(f"    {what}: {said}"))
    print(f"{len(known)} {'tool' if len(known) == 1 else 'tools'}", file=sys.stderr)
    return 0


def _terms(store: Store, args: argparse.Namespace) -> int:
    office = Office(store, library(), utc_now)
    tool = tool_named(args.tool, library().catalogue)
    if tool is None:
        print(printable(f"There is no tool {args.tool[:80]!r}. Nothing was changed."), file=sys.stderr)
        return NOT_FOUND
    words = args.terms[:LONGEST] if args.terms is not None else None
    found = Found(tool, args.what, words, args.checked_on)
    if why := _untimely(office, found):
        print(printable(f"{tool.name}: {why} Nothing was changed."), file=sys.stderr)
        return REFUSED_SOME
    changed, uses = note(office, found, "command")
    said = f"{uses} uses of it are looked at again." if changed else "They are as they were."
    print(printable(f"{tool.name}: looked at on {args.checked_on.isoformat()}. {said}"))
    return 0


def _untimely(office: Office, found: Found) -> str:
    """A sentence where the day cannot be that of what is known from now on."""
    if not_come(office, found.day):
        return f"{found.day.isoformat()} has not come yet."
    last = newer(office, found)
    return f"What is known of it is of {last.isoformat()}, and so is newer." if last else ""


def _import(store: Store, file: str) -> int:
    office = Office(store, library(), utc_now)
    try:
        with opened(file) as stream:
            counts = take(office, read_rows(stream, COLUMNS), _refused)
    except Unreadable as unreadable:
        return _stopped(file, str(unreadable))
    except OSError as error:
        return _stopped(file, f"{error.strerror or error}.")
    _tell(counts)
    return REFUSED_SOME if counts.refused else 0


def _tell(counts: Counts) -> None:
    refused = f" {counts.refused} could not be taken." if counts.refused else ""
    print(
        f"{counts.new} changed, {counts.same} as they were, {counts.older} older than what is known; "
        f"{counts.uses} uses are looked at again.{refused}"
    )


def _refused(line: int, why: str) -> None:
    print(printable(f"line {line}: {why}"), file=sys.stderr)


def _stopped(file: str, why: str) -> int:
    print(printable(f"{file} cannot be imported: {why}"), file=sys.stderr)
    return UNREADABLE
