"""`steward suppliers`: how many approved uses hang on each tool, whether its supplier is assessed, what ends next."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot import prefilled, supplying
from bot.cli.starting import open_store, utc_now
from bot.config import current
from bot.pack.suppliers import to_row
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import suppliers
from store.suppliers import Held, Supplies
from triage.aims.entry import Entry
from triage.aims.supplied import same_name

NOT_FOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="one JSON object a tool")
    how.add_argument(
        "--questions",
        metavar="TOOL",
        help="what nobody has said of its supplier yet, as questions to send to them; Steward sends it to nobody",
    )
    parser.add_argument(
        "--confidential",
        action="store_true",
        help="count confidential uses, too; without it nothing tells of them",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings)
    try:
        with store.read() as session:
            config = current(session)
            words, day = Words(zone=config.timezone), utc_now().astimezone(ZoneInfo(config.timezone)).date()
            supplies = Supplies(session, day)
            found = supplies.every(suppliers.used(session, None, confidential=args.confidential))
            loose = suppliers.loose(supplies.papers, found)
    finally:
        store.close()
    if args.questions is not None:
        return _questions(words, found, args.questions, day)
    lines = _as_json(found) if args.json else _told(words, found, loose)
    for line in lines:
        print(printable(line) if not args.json else line)
    return 0


def _questions(words: Words, found: Sequence[Held], name: str, day: date) -> int:
    held = next((each for each in found if same_name(name) in each.known.names), None)
    if held is None:
        print(printable(f"Nothing hangs on {name[:60]!r}, and nothing is stated of it."), file=sys.stderr)
        return NOT_FOUND
    for line in prefilled.questions(words, held, "", day).splitlines():
        print(printable(line))
    return 0


def _as_json(found: Sequence[Held]) -> Iterator[str]:
    for each in found:
        papers = [paper.model_dump(mode="json") for paper in each.papers]
        yield json.dumps({**to_row(each), "key": each.known.key, "papers": papers})


def _told(words: Words, found: Sequence[Held], loose: Sequence[Entry]) -> Iterator[str]:
    most = max((each.total for each in found), default=0)
    for each in found:
        of = supplying.vendor(each.known)
        yield f"{each.known.name}{f' ({of})' if of else ''}"
        yield f"  {supplying.bar(each.total, most)} {supplying.hangs(words, each)}"
        ref = f" ({each.entry.ref})" if each.entry else ""
        yield f"  {words.label(f'suppliers.is.{each.standing}')}{ref}"
        for paper in each.papers:
            yield f"  - {paper.title} ({paper.ref}): {supplying.paper(words, paper)}"
        if told := supplying.next_day(words, each):
            yield f"  {told}"
    for other in loose:
        yield f"{other.ref} {other.title}: is about no tool that is in use here"
    if not found:
        print(words.label("suppliers.none"), file=sys.stderr)
