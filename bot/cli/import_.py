"""`steward import`: each row of an inventory becomes a disclosed use with what it states."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, NoReturn

from tqdm import tqdm

from bot.cli.starting import open_store, prepare, utc_now
from bot.inventory.lines import Bad, Row
from bot.inventory.mapping import load_map, shipped
from bot.inventory.rows import Unreadable, read_rows
from bot.inventory.taking import Taking
from bot.library import library
from bot.office import Office
from bot.settings import Settings
from intake.source import printable
from store.engine import Store
from store.errors import Unavailable

REFUSED_SOME = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="CSV or JSON lines in UTF-8; - reads standard input")
    parser.add_argument(
        "--map",
        metavar="NAME|FILE",
        required=True,
        help=f"which column answers which question: a .yaml file, or one of: {', '.join(shipped())}",
    )
    parser.add_argument("--dry-run", action="store_true", help="say the same, write nothing")


def run(args: argparse.Namespace, settings: Settings) -> int:
    plan = load_map(args.map, library().form)
    try:
        with opened(args.file) as stream, progress(stream, "import") as bar:
            taking = Taking(plan, library().catalogue, refused=_refused, went_on=bar.update)
            with _told_what_went_in(taking, dry=args.dry_run):
                _take(taking, read_rows(stream, plan.columns), settings, dry=args.dry_run)
    except Unreadable as unreadable:
        return _stopped(args.file, str(unreadable))
    except OSError as error:
        return _stopped(args.file, f"{error.strerror or error}.")
    _tell(taking, dry=args.dry_run)
    print(taking.summary())
    return REFUSED_SOME if taking.counts["refused"] else 0


def _take(taking: Taking, rows: Iterable[Row | Bad], settings: Settings, *, dry: bool) -> None:
    store = Store(settings.database_url, now=utc_now) if dry else open_store(settings)
    try:
        if not dry:
            prepare(settings, store)
        taking.take(rows, Office(store, library(), utc_now), dry=dry)
    finally:
        store.close()


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
    else:
        with open(name, "rb") as stream:
            yield stream


def progress(stream: BinaryIO, what: str) -> tqdm[NoReturn]:
    """By bytes, because nobody knows the number of rows before the end; silent where nobody watches."""
    try:
        total = os.fstat(stream.fileno()).st_size or None
    except OSError:
        total = None
    return tqdm(
        total=total,
        unit="B",
        unit_scale=True,
        desc=what,
        delay=0.5,
        disable=not sys.stderr.isatty(),
        ncols=shutil.get_terminal_size().columns,  # a terminal that does not say how wide it is would show nothing
        leave=False,
    )


def _stopped(name: str, why: str) -> int:
    print(printable(f"{name} cannot be imported: {why}"), file=sys.stderr)
    return 2


@contextmanager
def _told_what_went_in(taking: Taking, *, dry: bool) -> Iterator[None]:
    """Earlier rows stay when a later one fails, which the reason that follows knows nothing of."""
    try:
        yield
    except (Unreadable, OSError, Unavailable):
        new, changed = taking.counts["new"], taking.counts["changed"]
        if dry or not new + changed:
            print("Nothing of it was taken in.", file=sys.stderr)
        else:
            print(
                f"Stopped after {new} new and {changed} changed; these stay. Import again to go on from there.",
                file=sys.stderr,
            )
        raise


def _refused(line: int, why: str) -> None:
    tqdm.write(printable(f"line {line}: {why}"), file=sys.stderr)


def _tell(taking: Taking, *, dry: bool) -> None:
    """What the map could not read: those questions stay open, and the cells are kept in words."""
    for column in dict.fromkeys(column for column, _ in taking.strange):
        cells = {cell: n for (name, cell), n in taking.strange.items() if name == column}
        example = max(cells, key=lambda cell: cells[cell])
        print(
            f"{printable(column)}: {sum(cells.values())} rows hold what the map does not know, for example "
            f"{example[:80]!r}; the question stays open there.",
            file=sys.stderr,
        )
    if dry:
        print("Trial run: nothing was written.", file=sys.stderr)
