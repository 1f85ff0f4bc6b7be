"""`steward reviews`: what is looked at again, what is overdue and what came of it; confidential uses are left out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from itertools import islice
from zoneinfo import ZoneInfo

from bot.cli.days import add_day, end_of
from bot.cli.list_ import OPERATOR
from bot.cli.starting import utc_now
from bot.config import current
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store.engine import Store
from store.reviewlist import Listed, listed

HEADS = ("review", "use", "state", "due", "depth", "outcome", "because", "title")
STATES = ("due", "overdue", "second", "done")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", choices=STATES, help="only those that stand so")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="the latest N (100); 0 for all")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    limit = args.limit if args.limit > 0 else sys.maxsize
    try:
        with store.read() as session:
            zone = ZoneInfo(current(session).timezone)
            day = args.as_of or utc_now().astimezone(zone).date()
            until = end_of(args.as_of, session) if args.as_of else None
            rows = (row for row in listed(session, OPERATOR, until) if args.state in (None, _state(row, day)))
            found = list(islice(rows, limit))
    finally:
        store.close()
    if args.json:
        for row in found:
            print(json.dumps(_plain(row, day), ensure_ascii=True))
    else:
        _print_table([_cells(row, day, Words()) for row in found])
    more = "; --limit 0 shows all" if len(found) == limit else ""
    print(f"{len(found)} {'review' if len(found) == 1 else 'reviews'}{more}", file=sys.stderr)
    return 0


def _state(row: Listed, day: date) -> str:
    """Nobody's silence is a yes: what nobody answered is overdue, whoever was asked."""
    if row.review.state != "open":
        return row.review.state
    return "overdue" if row.review.due < day else "due"


def _plain(row: Listed, day: date) -> dict[str, object]:
    review, answer = row.review, row.review.answer
    return {
        "review": review.ref,
        "use": row.ref,
        "state": _state(row, day),
        "opened_at": review.opened_at.isoformat(),
        "due": review.due.isoformat(),
        "depth": review.depth,
        "sampled": review.sampled,
        "because": [[step.cause, step.trigger] for step in review.called],
        "outcome": review.outcome or None,
        "changed": list(answer.changed) if answer else [],
        "ended_at": review.end.at.isoformat() if review.end else None,
    }


def _cells(row: Listed, day: date, words: Words) -> tuple[str, ...]:
    review = row.review
    because = ", ".join(dict.fromkeys(step.cause.replace("_", " ") for step in review.called))
    depth = f"{review.depth.replace('_', ' ')}{' (drawn)' if review.sampled else ''}"
    return (
        *(review.ref, row.ref, _state(row, day), review.due.isoformat(), depth),
        *(words.label(f"review.outcome_{review.outcome}") if review.outcome else "-", because, row.title),
    )


def _print_table(rows: Sequence[tuple[str, ...]]) -> None:
    shown = [tuple(printable(cell) for cell in row) for row in (HEADS, *rows)]
    widths = [max(len(row[n]) for row in shown) for n in range(len(HEADS) - 1)]
    for row in shown:
        start = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        print(f"{start}  {row[-1]}".rstrip())
