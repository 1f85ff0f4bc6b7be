"""`steward people import`: the file is read whole and looked through before anything of it is written."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tqdm import tqdm

from bot.cli.import_ import REFUSED_SOME, opened, progress
from bot.cli.starting import open_store, utc_now
from bot.inventory.peoplefile import read_people
from bot.inventory.rows import Unreadable
from bot.settings import Settings
from intake.source import printable
from store.employees import Change, Employee, compared, take
from store.engine import Store
from store.errors import Absent

NAMED = 3
"""So many of a kind are named in a remark."""


def add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        help="CSV or JSON lines in UTF-8 with email, and name, manager, unit, country, deputy or slack id; "
        "- reads standard input",
    )
    parser.add_argument("--dry-run", action="store_true", help="say the same, write nothing")
    parser.add_argument("--whole", action="store_true", help="whoever is not in the file is removed")


def import_(args: argparse.Namespace, settings: Settings) -> int:
    try:
        found, refused = _read(args.file)
    except (Unreadable, OSError) as unfit:
        why = f"{unfit.strerror or unfit}." if isinstance(unfit, OSError) else str(unfit)
        print(printable(f"{args.file} cannot be imported: {why}"), file=sys.stderr)
        return 2
    if args.whole and refused:
        print(
            "With --whole every row must be readable: who is not read would be removed. Nothing was changed.",
            file=sys.stderr,
        )
        return REFUSED_SOME
    change = _carry_out(found, settings, whole=args.whole, dry=args.dry_run)
    _remark(found, change, whole=args.whole)
    if args.dry_run:
        print("Trial run: nothing was written.", file=sys.stderr)
    removed = len(change.missing) if args.whole else 0
    print(
        f"read {len(found) + refused}, new {len(change.new)}, same {change.same}, "
        f"changed {len(change.changed)}, removed {removed}, refused {refused}"
    )
    return REFUSED_SOME if refused else 0


def _read(name: str) -> tuple[list[Employee], int]:
    """A people file has a row for each colleague, so it fits into memory; faults are told as they are met."""
    found, refused = [], 0
    with opened(name) as stream, progress(stream, "people") as bar:
        for told in read_people(stream):
            if told.employee is None:
                refused += 1
                tqdm.write(printable(f"line {told.line}: {told.fault}"), file=sys.stderr)
            else:
                found.append(told.employee)
            bar.update(told.size)
    return found, refused


def _carry_out(found: Sequence[Employee], settings: Settings, *, whole: bool, dry: bool) -> Change:
    """All of it in one transaction, so that the trail commits to the whole file."""
    if dry:
        store = Store(settings.database_url, now=utc_now)
        try:
            with store.read() as session:
                return compared(session, found)
        except Absent:  # a trial run before there is a database
            return Change(tuple(found), (), 0, ())
        finally:
            store.close()
    store = open_store(settings)
    try:
        with store.write() as session:
            change = compared(session, found)
            take(session, change, whole=whole, now=store.now())
        return change
    finally:
        store.close()


def _remark(found: Sequence[Employee], change: Change, *, whole: bool) -> None:
    """What is not wrong by itself, and probably not meant."""
    known = {each.email for each in found} | (set() if whole else set(change.missing))
    for field in ("manager", "deputy"):
        unknown = sorted({name for each in found if (name := getattr(each, field)) and name not in known})
        if unknown:
            few = ", ".join(unknown[:NAMED]) + (", …" if len(unknown) > NAMED else "")
            _say(f"{len(unknown)} named as {field} have no row of their own: {few}")
    if change.missing and not whole:
        _say(f"{len(change.missing)} of earlier imports are not in this file and stay; --whole removes them.")


def _say(remark: str) -> None:
    print(printable(remark), file=sys.stderr)
