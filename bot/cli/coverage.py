"""`steward coverage`: what shows each clause and control, gaps first, with the next step for each."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from bot import covering, functions, monthly
from bot.cli.days import a_day, add_day, end_of
from bot.cli.paper import draw
from bot.cli.pulse import at_work
from bot.cli.starting import utc_now
from bot.config import current
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import coverage, risks
from store.engine import Store
from triage.aims.covered import Covered
from triage.aims.functions import functions as by_function
from triage.aims.functions import outcomes
from triage.aims.standard import points, standard

UNKNOWN, UNWRITTEN = 1, 2
BAR = 9
WIDEST = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "point", nargs="?", help="all about one clause or control, for instance 6.1.3 or A.8.2"
    )
    parser.add_argument("--gaps", action="store_true", help="only what is not in place")
    parser.add_argument(
        "--json", action="store_true", help="one JSON object a line, in the order of the standard"
    )
    parser.add_argument("--svg", metavar="FILE", help="the picture of it, written to a file")
    parser.add_argument(
        "--since", type=a_day, metavar="YYYY-MM-DD", help="also which gaps closed and opened since that day"
    )
    parser.add_argument(
        "--trend", action="store_true", help="how it moved from month to month, over a year; --svg draws that"
    )
    parser.add_argument(
        "--functions",
        action="store_true",
        help="by the four functions of the NIST AI RMF and what makes AI worth trusting, gaps first",
    )
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.point is not None and args.point not in points():
        print(
            f"There is no clause or control {printable(args.point[:40])}. Try 6.1.3 or A.8.2.",
            file=sys.stderr,
        )
        return UNKNOWN
    if args.trend:
        return _trend(args, settings)
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session, at_work("Counting what shows each point"):
            until = utc_now() if args.as_of is None else end_of(args.as_of, session)
            zone = current(session).timezone
            found = coverage.covered(session, zone, until)
            before = coverage.covered(session, zone, end_of(args.since, session)) if args.since else found
            bare, grave = risks.bare(session, until.astimezone(ZoneInfo(zone)).date(), until)
    finally:
        store.close()
    words = Words()
    if args.svg and not draw(args.svg, covering.svg(words, found, inline=False)):
        return UNWRITTEN
    if args.functions:
        return _by_function(words, found, as_json=args.json)
    shown = [
        each
        for each in found
        if args.point in (None, each.point) and (each.is_gap or not args.gaps or args.point)
    ]
    if args.json:
        then = {each.point: {"stage_then": each.stage} if args.since else {} for each in before}
        for each in shown:
            print(json.dumps(covering.row(each) | then[each.point], ensure_ascii=True, sort_keys=True))
        return 0
    moved = [*(covering.moved(words, before, found, args.since) if args.since else ())]
    moved += [words.label("coverage.bare", count=bare, grave=grave)] if bare else []
    for line in _one(words, shown[0]) if args.point else _all(words, found, shown, moved):
        print(printable(line))
    return 0


def _by_function(words: Words, found: Sequence[Covered], *, as_json: bool) -> int:
    if as_json:
        for each in outcomes(found):
            print(json.dumps(functions.row(each), ensure_ascii=True, sort_keys=True))
        return 0
    for line in functions.lines(words, found):
        print(printable(line))
    return 0


def _trend(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session, at_work("Counting month by month"):
            zone = current(session).timezone
            day = args.as_of or utc_now().astimezone(ZoneInfo(zone)).date()
            found = monthly.months(session, day, zone)
    finally:
        store.close()
    words = Words()
    if args.svg and not draw(args.svg, monthly.picture(words, found)):
        return UNWRITTEN
    if args.json:
        for each in found:
            print(json.dumps(each._asdict() | {"day": each.day.isoformat()}, sort_keys=True))
        return 0
    print(monthly.line(words, found))
    for row in (words.label("trend.heads").split(" | "), *monthly.rows(found)):
        print("  ".join(cell.rjust(10) for cell in row))
    return 0


def _all(
    words: Words, found: Sequence[Covered], shown: Sequence[Covered], moved: Iterable[str]
) -> Iterator[str]:
    yield covering.counted(words, found)
    yield from moved
    yield ""
    for group in covering.by_group(found):
        yield f"{group.id:>5} {covering.bar(group.points):<{BAR}} {group.title}"
    shades = (
        f"{covering.SHADES[stage]} {words.label(f'coverage.is.{stage}')}" for stage in covering.STAGES[:3]
    )
    yield f"      {'  '.join(shades)}"
    for stage in covering.STAGES:
        rows = [each for each in shown if each.stage == stage]
        if rows:
            yield ""
            yield words.label(f"coverage.stage.{stage}", count=len(rows))
        for each in rows:
            yield f"{each.point:>8}  {standard()[each.point].title}"
            yield from _under(covering.why(words, each))
            yield from _under(f"→ {each.next}") if each.is_gap else ()


def _under(text: str) -> Iterator[str]:
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST) if sys.stdout.isatty() else WIDEST
    yield from (f"          {line}" for line in textwrap.wrap(text, max(width - 10, 30)))


def _serving(words: Words, point: str) -> Iterator[str]:
    if serves := by_function().of_point(point):
        yield words.label("functions.serves", ids=", ".join(serves))


def _one(words: Words, each: Covered) -> Iterator[str]:
    point = standard()[each.point]
    yield f"{each.point} {point.title}: {words.label(f'coverage.is.{each.stage}')}"
    yield from textwrap.wrap(point.summary, WIDEST)
    yield from _serving(words, each.point)
    yield ""
    for source in each.evidence:
        newest = f"{source.newest:%Y-%m-%d}" if source.newest else ""
        yield f"{source.count:>6}  {source.title}"
        older = f"; {source.older} older" if source.older else ""
        yield f"        newest {newest}{older}; for instance {', '.join(source.sample)}"
        if source.alone:
            yield f"        {words.label('coverage.alone')}"
    for name in each.missing:
        if all(name != source.name or not source.older for source in each.evidence):
            yield f"     0  {covering.title(name)}{' (needed)' if name in each.short else ''}"
    if each.documents:
        yield f"        {words.label('coverage.says', refs=', '.join(each.documents))}"
    yield ""
    yield covering.why(words, each)
    if each.is_gap:
        yield f"→ {each.next}"
    if point.theirs:
        yield words.label("coverage.theirs", what=point.theirs)
