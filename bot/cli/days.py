"""A day on the command line: the register as it was known at its end, where the organisation is."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.config import current
from store import audit
from store.sessions import Session


def add_day(parser: argparse._ActionsContainer) -> None:
    parser.add_argument(
        "--as-of", type=a_day, metavar="YYYY-MM-DD", help="as it was known at the end of that day"
    )


def end_of(day: date, session: Session) -> datetime:
    """The last moment of that day in the organisation's time zone."""
    zone = ZoneInfo(current(session).timezone)
    return datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)


def latest(session: Session, now: datetime) -> date:
    """Today; in a register whose clock runs ahead, as in the demo of a year, the day of its last line."""
    zone = ZoneInfo(current(session).timezone)
    return max(each.astimezone(zone).date() for each in (now, audit.last_at(session)) if each is not None)


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a day; write it like 2026-01-31") from None
