"""`steward management`: what a management review looks at, of any time, as a page, a PDF, as text or as JSON."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.cli.days import a_day, add_day
from bot.cli.paper import NO_PLACE, add_form, give, has_place
from bot.cli.starting import utc_now
from bot.config import current
from bot.management import FORMATS, inputs, written
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store.convened import Laid, laid_for
from store.engine import Store
from store.sessions import Session
from triage.aims.management import Inputs

YEAR = timedelta(days=365)
DIFFERS, UNKNOWN = 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_form(parser, FORMATS)
    parser.add_argument(
        "--since", type=a_day, metavar="YYYY-MM-DD", help="the first day (a year before the last)"
    )
    parser.add_argument(
        "--review",
        metavar="AIM-YYYY-NNNN",
        help="the paper of a review that was called, made again, and whether it is the same",
    )
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            config = current(session)
            laid = laid_for(session, args.review) if args.review else None
            if args.review and laid is None:
                print(f"Nothing was sent out for {printable(args.review[:40])}.", file=sys.stderr)
                return UNKNOWN
            found = _found(session, args, laid, config.timezone)
    finally:
        store.close()
    if not has_place(args):
        return NO_PLACE
    content = written(Words(config.language, config.timezone), found, args.format)
    return give(args, content) or (_compared(laid, found) if laid else 0)


def _found(session: Session, args: argparse.Namespace, laid: Laid | None, zone: str) -> Inputs:
    if laid is not None:
        return inputs(session, laid.since, laid.as_of, zone)
    until: date = args.as_of or utc_now().astimezone(ZoneInfo(zone)).date()
    return inputs(session, args.since or until - YEAR, until, zone)


def _compared(laid: Laid, found: Inputs) -> int:
    """Words that were erased since, and nothing else, make a difference that nobody has to explain."""
    if laid.digest == found.digest:
        print(f"The same as was sent out: {found.digest}", file=sys.stderr)
        return 0
    print(
        f"Not the same as was sent out. Sent: {laid.digest}; now: {found.digest}. "
        "`steward verify` says whether anything was changed or erased since.",
        file=sys.stderr,
    )
    return DIFFERS
