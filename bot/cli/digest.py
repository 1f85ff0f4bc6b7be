"""`steward digest`: what came in, what was decided, what is overdue, and what there is to do now."""

from __future__ import annotations

import argparse
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.cli.days import add_day, end_of
from bot.cli.starting import utc_now
from bot.config import current
from bot.settings import Settings
from store.engine import Store

WEEK = re.compile(r"(\d{4})-W(\d{2})")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "html", "json"), default="text")
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--week", type=_week, metavar="YYYY-Www", help="as at the end of that week")
    add_day(when)
    parser.add_argument(
        "--month", action="store_true", help="for management: of a month, by ISO/IEC 42001 9.3.2"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    from bot.digestfile import written
    from bot.library import library
    from bot.words import Words
    from store.digest import figures
    from triage.digest import digest

    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            config = current(session)
            day = args.week or args.as_of
            at = min(end_of(day, session), store.now()) if day else store.now()
            since = _begun(at, ZoneInfo(config.timezone), monthly=args.month)
            found = figures(
                session,
                since,
                at,
                zone=config.timezone,
                monthly=args.month,
                embedded=library().catalogue.embedded,
            )
    finally:
        store.close()
    made = digest(found, "month" if args.month else "week")
    print(
        written(Words(config.language, config.timezone), library(config.language).wording, made, args.format)
    )
    return 0


def _begun(at: datetime, zone: ZoneInfo, *, monthly: bool) -> datetime:
    """Seven days before, or the same hour of the month before, as clocks there show it."""
    there = at.astimezone(zone)
    if not monthly:
        return (there - timedelta(days=7)).astimezone(at.tzinfo)
    last = there.date().replace(day=1) - timedelta(days=1)
    day = last.replace(day=min(there.day, last.day))
    return datetime.combine(day, there.time(), zone).astimezone(at.tzinfo)


def _week(text: str) -> date:
    """Its Sunday."""
    try:
        found = WEEK.fullmatch(text)
        return date.fromisocalendar(int(found[1]), int(found[2]), 7) if found else _unreadable(text)
    except ValueError:
        return _unreadable(text)


def _unreadable(text: str) -> date:
    raise argparse.ArgumentTypeError(f"{text[:40]!r} is no week; write it like 2026-W05")
