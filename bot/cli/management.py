"""`steward management`: what a management review looks at, of any time, as a page, as text or as JSON."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.cli.days import add_day
from bot.cli.starting import utc_now
from bot.config import current
from bot.management import FORMATS, inputs, written
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store.engine import Store

YEAR = timedelta(days=365)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument(
        "--since",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the first day (a year before the last)",
    )
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            config = current(session)
            until = args.as_of or utc_now().astimezone(ZoneInfo(config.timezone)).date()
            found = inputs(session, args.since or until - YEAR, until, config.timezone)
    finally:
        store.close()
    text = written(Words(config.language, config.timezone), found, args.format)
    print(text if args.format != "text" else "\n".join(map(printable, text.splitlines())))
    return 0
