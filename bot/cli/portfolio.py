"""`steward portfolio`: all uses of AI beside each other as of a day, as a page, a PDF, as text or as JSON."""

from __future__ import annotations

import argparse
import sys

from bot.cli.days import add_day, latest
from bot.cli.paper import NO_PLACE, add_form, give, has_place
from bot.cli.starting import utc_now
from bot.config import current
from bot.portfolio import FORMATS, written
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store.engine import Store
from store.portfolio import assessed_on, portfolio

DIFFERS, UNKNOWN = 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_form(parser, FORMATS)
    parser.add_argument(
        "--assessed",
        type=int,
        metavar="VERSION",
        help="what lay before whoever wrote that version of the assessment, made again, and whether it is the same",
    )
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            config = current(session)
            seen = assessed_on(session, args.assessed) if args.assessed is not None else None
            if args.assessed is not None and seen is None:
                print(f"There is no version {args.assessed} of the assessment.", file=sys.stderr)
                return UNKNOWN
            day = seen[0] if seen else args.as_of or latest(session, utc_now())
            found = portfolio(session, day, config.timezone)
    finally:
        store.close()
    if not has_place(args):
        return NO_PLACE
    content = written(Words(config.language, config.timezone), found, args.format)
    done = give(args, content)
    if done or seen is None:
        return done
    same = seen[1] == found.digest
    told = "The same as lay there" if same else f"Not the same as lay there, which was {printable(seen[1])}"
    print(f"{told}: {found.digest}", file=sys.stderr)
    return 0 if same else DIFFERS
