"""`steward evidence`: everything an auditor needs in one ZIP that proves itself, as of the end of a day."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bot.cli.days import add_day, end_of, latest
from bot.cli.starting import utc_now
from bot.pack.make import NAME, Made, make, to_wanted
from bot.settings import Settings
from intake.source import printable
from store import audit
from store.engine import Store
from store.legible import as_it_lies
from store.sessions import Session

BROKEN = 1
NOT_YET = "{day} has not come yet, so nothing can be known at its end. Name {today} or an earlier day."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", metavar="DIR", required=True, help="the folder in which the ZIP is put")
    parser.add_argument("--force", action="store_true", help="replace a pack of the same day")
    parser.add_argument("--with-names", action="store_true", help="people by name; without it, as opaque ids")
    parser.add_argument(
        "--confidential",
        action="store_true",
        help="confidential uses whole; without it, of each only its reference and its tier",
    )
    parser.add_argument(
        "--no-proof",
        action="store_true",
        help="do not hold the register against its trail, which takes memory; the pack says so",
    )
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    folder = Path(args.out)
    try:
        with store.read() as session, as_it_lies(session):
            today = latest(session, utc_now())
            day = args.as_of or today
            if day > today:
                print(NOT_YET.format(day=day, today=today), file=sys.stderr)
                return 2
            path = folder / NAME.format(day=day)
            if path.exists() and not args.force:
                print(f"{path} is there already. Add --force to replace it.", file=sys.stderr)
                return 2
            folder.mkdir(parents=True, exist_ok=True)
            made = _made(session, path, day, args)
    except OSError as error:
        print(f"{folder} cannot be written: {error.strerror}. Nothing of the pack was kept.", file=sys.stderr)
        return 2
    finally:
        store.close()
    return _tell(path, made)


def _made(session: Session, path: Path, day: date, args: argparse.Namespace) -> Made:
    more = {"whole": args.confidential, "names": args.with_names, "proof": not args.no_proof}
    wanted = to_wanted(session, day, end_of(day, session), **more)
    with _bar(session) as tick:
        return make(session, path, wanted, tick=tick)


@contextmanager
def _bar(session: Session) -> Iterator[Callable[[], object]]:
    """Of uses and lines of the trail; on a terminal only."""
    from tqdm import tqdm  # late: most commands show none

    known = audit.end(session)
    with tqdm(
        total=known.seq if known else None, desc="Evidence", unit=" lines", leave=False, disable=None
    ) as bar:
        yield bar.update


def _tell(path: Path, made: Made) -> int:
    counts = f"{made.uses} uses, {made.lines} lines of the trail, {made.gaps} gaps"
    print(f"{counts} in {path}")
    print(f"contents {made.contents}")
    print(f"head {made.head}")
    print(f"seal {made.seal}")
    for name in made.unreadable:
        print(printable(f"{name} cannot be read and was left out."), file=sys.stderr)
    if made.ok:
        return 0
    print(
        "The register is not what its trail says. Run `steward verify`; the pack names it, too.",
        file=sys.stderr,
    )
    return BROKEN
