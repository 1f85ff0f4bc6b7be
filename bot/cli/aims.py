"""`steward aims`: what the management system states, one entry whole, what counts as a file, drafts out of one."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bot.cli.aimsdraft import put_file_forward
from bot.cli.aimsshow import row_of, shown
from bot.cli.starting import open_store, prepare, utc_now
from bot.entries.colleagues import Colleagues
from bot.entries.writing import to_tree, to_yaml
from bot.library import library
from bot.office import Office
from bot.settings import Settings
from intake.source import printable
from store import aims, assessments, people
from store.engine import Store
from triage.aims.assessed import KIND
from triage.aims.kinds import kinds

NOT_FOUND, UNWRITTEN = 1, 2
HEADS = ("reference", "kind", "state", "version", "waiting", "due", "owner", "what")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    wishes = parser.add_subparsers(dest="wish", required=True, metavar="list|show|export|draft")
    listed = wishes.add_parser("list", help="every entry, how it stands and what waits for a yes")
    listed.add_argument(
        "--kind", choices=list(kinds()), metavar="KIND", help=f"only these: {', '.join(kinds())}"
    )
    listed.add_argument("--json", action="store_true", help="one JSON object a line")
    show = wishes.add_parser(
        "show", help="one entry: every version, what changed, who said yes, what was done"
    )
    show.add_argument("ref", metavar="REF", help="its reference, such as AIM-2026-0001")
    export = wishes.add_parser(
        "export", help="what counts now, as a file that can be changed and put forward"
    )
    export.add_argument("file", metavar="FILE", type=Path)
    draft = wishes.add_parser(
        "draft", help="put forward what a file states otherwise; what is as it was stays"
    )
    draft.add_argument("file", metavar="FILE", type=Path)
    draft.add_argument("--dry-run", action="store_true", help="say the same, keep nothing")


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings)
    try:
        prepare(settings, store)
        match args.wish:
            case "list":
                return _list(store, args.kind, as_json=args.json)
            case "show":
                return _show(store, args.ref)
            case "export":
                return _export(store, args.file)
            case _:
                return put_file_forward(Office(store, library(), utc_now), args.file, dry=args.dry_run)
    finally:
        store.close()


def _list(store: Store, kind: str | None, *, as_json: bool) -> int:
    with store.read() as session:
        every = assessments.veiled(session, aims.every_one(session))
        found = [each for each in every if kind in (None, each.kind)]
        who = people.names(session)
    rows = [row_of(each, who) for each in found]
    if as_json:
        for row in rows:
            print(json.dumps(dict(zip(HEADS, row, strict=True)), ensure_ascii=True))
        return 0
    widths = [max(map(len, column)) for column in zip(HEADS, *rows, strict=True)]
    for row in (HEADS, *rows) if rows else ():
        cells = (printable(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
    waits = sum(each.proposed is not None for each in found)
    print(f"entries: {len(found)}, waiting for a yes: {waits}", file=sys.stderr)
    return 0


def _show(store: Store, ref: str) -> int:
    with store.read() as session:
        known, who = aims.by_ref(session, ref), people.names(session)
        entry = next(assessments.veiled(session, (known,)), None) if known else None
    if entry is None:
        print(
            printable(f"There is no entry {ref[:40]!r}: `steward aims list` has them all."), file=sys.stderr
        )
        return NOT_FOUND
    for line in shown(entry, who):
        print(printable(line).rstrip())
    return 0


def _export(store: Store, path: Path) -> int:
    with store.read() as session:
        found = [each for each in aims.every_one(session) if each.in_force and each.kind != KIND]
        text = to_yaml(to_tree(found, Colleagues(session).name))
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        print(printable(f"{path}: {error.strerror or error}. Nothing was written."), file=sys.stderr)
        return UNWRITTEN
    print(f"{len(found)} {'entry' if len(found) == 1 else 'entries'} written.", file=sys.stderr)
    return 0
