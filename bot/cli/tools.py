"""`steward tools`: what is known of the terms of tools, and that somebody looked at them; others have uses reviewed."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from hashlib import sha256

from bot.cli.starting import open_store, prepare, utc_now
from bot.library import library
from bot.office import Office, tool_named
from bot.settings import Settings
from intake.source import printable
from store import tools
from store.engine import Store
from triage.asset import Asset
from triage.reviewwishes import OpenReview

NOT_FOUND = 1
LONGEST = 4000
AT_ONCE = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    wishes = parser.add_subparsers(dest="wish", required=True, metavar="list|terms")
    wishes.add_parser("list", help="every tool whose terms somebody looked at, with the day")
    terms = wishes.add_parser("terms", help="somebody looked at the terms of a tool")
    terms.add_argument("tool", metavar="TOOL", help="its id or exactly its name")
    terms.add_argument("--checked-on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    terms.add_argument(
        "--terms",
        metavar="WORDS",
        help="what they come to, where that is other than before; the uses of the tool are then looked at again",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings)
    try:
        prepare(settings, store)
        return _list(store) if args.wish == "list" else _terms(store, args)
    finally:
        store.close()


def _list(store: Store) -> int:
    """Not those that are only spoken of: the tool of a confidential use would be among them."""
    with store.read() as session:
        known = [each for each in tools.assets(session).values() if each.checked_on]
    for each in sorted(known, key=lambda each: each.name.casefold()):
        print(printable(f"{each.id}  {each.name}  {each.checked_on}  {each.terms}").rstrip())
    print(f"{len(known)} {'tool' if len(known) == 1 else 'tools'}", file=sys.stderr)
    return 0


def _terms(store: Store, args: argparse.Namespace) -> int:
    office = Office(store, library(), utc_now)
    tool = tool_named(args.tool, library().catalogue)
    if tool is None:
        print(printable(f"There is no tool {args.tool[:80]!r}. Nothing was changed."), file=sys.stderr)
        return NOT_FOUND
    asset = Asset(id=tool.id, name=tool.name, vendor=tool.vendor)
    terms = args.terms[:LONGEST] if args.terms is not None else None
    now = utc_now()
    with store.write() as session:
        known = "catalogue"
        changed = tools.check_terms(session, asset, terms, args.checked_on, known_as=known, now=now)
    opened = open_reviews(office, tool.id, terms or "", args.checked_on) if changed else 0
    said = f"{opened} uses of it are looked at again." if changed else "They are as they were."
    print(printable(f"{tool.name}: looked at on {args.checked_on.isoformat()}. {said}"))
    return 0


def open_reviews(office: Office, tool: str, terms: str, day: date) -> int:
    """One for each use in use; carried out again, as after a stop, it opens none twice."""
    mark = sha256(terms.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    with office.store.read() as session:
        uses = list(tools.in_use_with(session, tool))
    desk = office.desk({})
    for start in range(0, len(uses), AT_ONCE):
        wishes = [
            OpenReview(
                actor="",
                key=f"terms:{tool}:{day.isoformat()}:{mark}:{use}",
                case=use,
                cause="vendor_terms",
                trigger=f"{tool}:{day.isoformat()}",
            )
            for use in uses[start : start + AT_ONCE]
        ]
        office.ledger.execute_many(wishes, desk)
    return len(uses)
