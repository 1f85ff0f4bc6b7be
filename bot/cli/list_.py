"""`steward list`: the register in the terminal, as an operator sees it; confidential uses are left out."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from itertools import islice

from bot.cli.days import add_day, end_of
from bot.cli.scope import of_scope
from bot.cli.starting import utc_now
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import earlier, scoped, settling
from store.engine import Store
from store.queries import entries
from triage.case import Status
from triage.register import Entry, Reader

OPERATOR = Reader(person="", roles=frozenset({"auditor"}))
HEADS = ("ref", "state", "tier", "EU class", "unit", "title")
UNIT_WIDTH = 28
NARROWEST_TITLE = 20
SCOPED = (*HEADS[:-1], "scope", HEADS[-1])
SCOPES = {"within": "within", "outside": "outside", "not_sure": "not sure"}
SET = "set by two people"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", choices=[state.value for state in Status], help="only uses in this state")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="the latest N (100); 0 for all")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    states = [Status(args.state)] if args.state else []
    limit = args.limit if args.limit > 0 else sys.maxsize
    try:
        with store.read() as session:
            until = end_of(args.as_of, session) if args.as_of else None
            scope = of_scope(session, until)
            if until is None:
                found = entries(session, OPERATOR, states=states, limit=limit)
                found = scoped.marked(session, scope, found)
            else:
                past = earlier.entries(session, until, scope)
                found = tuple(islice((e for e in past if not states or e.status in states), limit))
            found = tuple(settling.as_set(session, found, until))
    finally:
        store.close()
    if args.json:
        for entry in found:
            print(json.dumps(entry.model_dump(mode="json"), ensure_ascii=True))
    else:
        _print_table([_cells(entry, Words()) for entry in found], shown=len(found), limit=limit)
    return 0


def _cells(entry: Entry, words: Words) -> tuple[str, ...]:
    tier = _between([words.label(f"tier_name.{level}") for level in entry.tier]) if entry.tier else "-"
    eu = _between([words.label(f"eu_name.{level}") for level in entry.eu]) if entry.eu else "-"
    unit = entry.unit if len(entry.unit) <= UNIT_WIDTH else entry.unit[: UNIT_WIDTH - 1] + "…"
    mark = f" ({SET})" if entry.tier_set else ""
    scope = [SCOPES[entry.scope]] if entry.scope else []
    return (entry.ref or "-", entry.status.value, tier + mark, eu, unit, *scope, entry.title)


def _between(names: Sequence[str]) -> str:
    return names[0] if names[0] == names[-1] else f"{names[0]} to {names[-1]}"


def _print_table(rows: Sequence[tuple[str, ...]], *, shown: int, limit: int) -> None:
    rows = [tuple(printable(cell) for cell in row) for row in rows]
    heads = SCOPED if rows and len(rows[0]) > len(HEADS) else HEADS
    widths = [max(len(row[n]) for row in (heads, *rows)) for n in range(len(heads) - 1)]
    room = None
    if sys.stdout.isatty():
        room = max(NARROWEST_TITLE, shutil.get_terminal_size().columns - sum(widths) - 2 * len(widths))
    for row in (heads, *rows):
        start = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        title = row[-1] if room is None or len(row[-1]) <= room else row[-1][: room - 1] + "…"
        print(f"{start}  {title}".rstrip())
    more = "; --limit 0 shows all" if shown == limit else ""
    print(f"{shown} {'use' if shown == 1 else 'uses'}{more}", file=sys.stderr)
