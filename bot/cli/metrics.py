"""`steward metrics`: every figure with its definition, its time, what was counted of what, and how it moved."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from bot import trending
from bot.cli.days import add_day
from bot.cli.paper import draw
from bot.cli.pulse import at_work
from bot.cli.starting import open_store
from bot.config import current
from bot.extract import to_row
from bot.monthly import BLOCKS
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store.metrics import measured
from triage.aims.metrics import Figure
from triage.aims.trending import Month, months

UNWRITTEN, MOST = 2, 12
COLUMNS = ("month", "figure", "about", "definition", "since", "until", "numerator", "denominator", "value")
Told = Sequence[tuple[Month, Sequence[Figure]]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_day(parser)
    parser.add_argument(
        "--months", type=int, default=MOST, choices=range(1, MOST + 1), metavar="N", help="the last N months"
    )
    parser.add_argument("--format", choices=("text", "csv", "json"), default="text")
    parser.add_argument("--svg", metavar="FILE", help="how each moved, drawn and written to a file")


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings)
    try:
        with store.read() as session, at_work("Counting month by month"):
            zone = current(session).timezone
            day = args.as_of or store.now().astimezone(ZoneInfo(zone)).date()
            found = list(measured(session, months(day, zone)[-args.months :], zone))
    finally:
        store.close()
    if args.svg and not draw(args.svg, _picture(Words(), found)):
        return UNWRITTEN
    if args.format == "text":
        for line in _lines(found):
            print(printable(line))
        return 0
    if args.format == "csv":
        print(to_row(dict(zip(COLUMNS, COLUMNS, strict=True)), COLUMNS).strip())
    for month, figures in found:
        for each in figures:
            told = _row(month, each)
            as_json = args.format == "json"
            print(json.dumps(told, ensure_ascii=True) if as_json else to_row(told, COLUMNS).strip())
    return 0


def _row(month: Month, each: Figure) -> dict[str, Any]:
    return {
        "month": month.name,
        "figure": each.metric.id,
        "about": each.metric.about,
        "definition": each.metric.tells,
        "since": each.since.isoformat() if each.since else "",
        "until": each.until.isoformat(),
        "numerator": each.part,
        "denominator": "" if each.whole is None else each.whole,
        "value": each.value,
    }


def _lines(found: Told) -> Iterator[str]:
    """The last month, and how each moved up to it."""
    month, figures = found[-1]
    yield f"{month.name}, and how it moved since {found[0][0].name}"
    about = ""
    for number, each in enumerate(figures):
        if each.metric.about != about:
            about = each.metric.about
            yield f"\n{about}"
        moved = "".join(_blocks([row[number] for _, row in found]))
        of = f"{each.part} of {each.whole}" if each.whole is not None and each.metric.form == "share" else ""
        of = f"hours, of {each.whole}" if each.metric.form == "middle" else of
        yield f"  {each.metric.id:<24} {each.value or '-':>6}  {of:<14} {moved}"
    yield "\n--format csv says what each counts, of which days, and both numbers."


def height(each: Figure) -> int:
    """By which it is drawn: a share in percent, else its number."""
    if each.metric.form == "share":
        return each.part * 100 // each.whole if each.whole else 0
    return each.part


def _blocks(row: Sequence[Figure]) -> Iterator[str]:
    most = max((height(each) for each in row), default=0) or 1
    return (BLOCKS[round(height(each) / most * (len(BLOCKS) - 1))] for each in row)


def _picture(words: Words, found: Told) -> str:
    spans = [month.name for month, _ in found]
    rows = [
        (each.metric.id.replace("_", " "), [height(row[number]) for _, row in found], each.value or "-")
        for number, each in enumerate(found[-1][1])
    ]
    alt = words.label("metrics.drawn", first=spans[0], last=spans[-1])
    return trending.svg(words, spans, rows, alt)
