"""`steward register`: rows in the shape of a public register; what nobody has said stays empty, and is listed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.days import add_day, end_of
from bot.cli.starting import utc_now
from bot.settings import Settings
from intake.source import printable
from store import earlier, extract, queries
from store.engine import Store
from store.records import load
from store.sessions import Session

if TYPE_CHECKING:
    from bot.registers.rows import Cell, Known
    from bot.registers.shape import Shape
    from bot.words import Words
    from triage.case import Case

NOT_FOUND = 1
SHAPES = ("nl", "uk-atrs", "us-federal")
ONLY = ("all", "public-facing", "rights-impacting", "every-stage")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shape", choices=SHAPES, required=True, help="of which public register")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", metavar="FILE", help="where the rows are written")
    what.add_argument(
        "--preview", metavar="REF", help="one row, with where each value comes from, and what is missing"
    )
    parser.add_argument("--ref", metavar="REF", help="only this use, whether it is in operation or not")
    parser.add_argument(
        "--only",
        choices=ONLY,
        default="all",
        help="of the uses in operation: all, those that face the public, or those that may touch people's rights; "
        "every-stage takes in ideas and what has ended, too",
    )
    parser.add_argument("--format", choices=("csv", "json"), default="csv")
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    from bot.inventory.mapping import load_map, shipped
    from bot.library import library
    from bot.registers.rows import Known
    from bot.registers.shape import shape
    from bot.words import Words

    shelf, words = library(), Words()
    known = Known(
        words=words,
        form=shelf.form,
        wording=shelf.wording,
        catalogue=shelf.catalogue,
        maps={name: load_map(name, shelf.form) for name in shipped()},
    )
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            if args.preview or args.ref:
                return _one(session, args, shape(args.shape, shelf.form), known, words)
            return _all(session, args, shape(args.shape, shelf.form), known, words)
    except OSError as error:
        print(printable(f"{args.out} cannot be written: {error.strerror}."), file=sys.stderr)
        return 2
    finally:
        store.close()


def _one(session: Session, args: argparse.Namespace, shape: Shape, known: Known, words: Words) -> int:
    from bot.registers import rows, written

    ref = args.preview or args.ref
    case = _case(session, args, ref)
    if case is None or not rows.may_stand(case):
        print(printable(words.label("registers.none", ref=ref)), file=sys.stderr)
        return NOT_FOUND
    cells = rows.row(case, shape, known)
    if args.preview:
        for line in written.preview(case, shape, cells, words):
            print(printable(line))
        return 0
    if not rows.is_meant(case, "all"):
        print(printable(words.label("registers.left", ref=case.ref or ref)), file=sys.stderr)
    return _written(args, shape, iter([(case, cells)]), words)


def _case(session: Session, args: argparse.Namespace, ref: str) -> Case | None:
    id = queries.id_of(session, ref)
    if id is None:
        return None
    if args.as_of is None:
        return load(session, id)
    return earlier.case_at(session, id, end_of(args.as_of, session))


def _all(session: Session, args: argparse.Namespace, shape: Shape, known: Known, words: Words) -> int:
    from bot.registers import rows

    found = (
        extract.cases(session) if args.as_of is None else earlier.cases(session, end_of(args.as_of, session))
    )
    meant = (each.case for each in found if each.case is not None and rows.is_meant(each.case, args.only))
    return _written(args, shape, ((case, rows.row(case, shape, known)) for case in meant), words)


def _written(
    args: argparse.Namespace, shape: Shape, rows: Iterator[tuple[Case, Sequence[Cell]]], words: Words
) -> int:
    """One row after the other; the file takes its place once it is whole."""
    from bot.registers import written

    count = absent = 0

    def counted() -> Iterator[tuple[Case, Sequence[Cell]]]:
        nonlocal count, absent
        for case, cells in rows:
            count, absent = count + 1, absent + len(written.missing(cells))
            yield case, cells

    target = Path(args.out)
    partial = target.with_name(f"{target.name}.partial")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        if args.format == "json":
            parts = written.as_json(shape, counted())
        else:
            parts = written.as_csv(shape, (cells for _, cells in counted()))
        for part in parts:
            stream.write(part.encode("utf-8", "replace"))
    partial.replace(target)
    told = {"shape": shape.called, "rows": count, "missing": absent}
    print(printable(words.label("registers.done", out=args.out, **told)))
    if absent:
        print(printable(words.label("registers.see", shape=shape.name, ref="REF")), file=sys.stderr)
    return 0
