"""`steward policy tally`: how often each flag and rule holds over the register, and on what."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from bot.cli.rehearse import shown, tell_unread
from bot.cli.starting import utc_now
from bot.settings import Settings
from intake.source import printable
from store.engine import Store
from triage.tallying import Tally


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rules", action="store_true", help="every rule too, not the flags alone")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """By the policies that are switched on for this register, and the facts as they stand now."""
    from bot.config import current
    from intake.forms import ai_use
    from store import own
    from store.registered import count, registered
    from triage.policies import book_with
    from triage.tallying import tally

    unread: list[str] = []
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            book = book_with(current(session).policies, own.text_of(session, own.in_force(session)))
            uses = shown(registered(session, unreadable=unread.append), count(session))
            found = tally(ai_use(), book, uses)
    finally:
        store.close()
    for line in (*_lines(found.flags), *(_lines(found.rules) if args.rules else ())):
        print(printable(line))
    never = sum(1 for each in found.rules if not each.holds and not each.open)
    print(f"{found.uses} uses, {len(found.rules)} rules, of which {never} can hold for none of them")
    return tell_unread(unread)


def _lines(tallies: Iterable[Tally]) -> Iterator[str]:
    for each in sorted(tallies, key=lambda one: (-one.holds, -one.open, one.id)):
        on = f"  {'; '.join(each.first)}" if each.first else ""
        yield f"{each.holds:>7} hold {each.open:>7} open  {each.id}{on}"
