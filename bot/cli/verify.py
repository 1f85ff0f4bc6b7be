"""`steward verify`: proves the audit trail untouched, or names the first line that is not.

In a database it also compares the register with what the trail says of it. The last line is always about the trail.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bot.anchors.proof import Anchored
from bot.cli.verified import Wanted, of_database, of_file
from bot.pack import verify as pack
from bot.settings import Settings
from intake.source import printable

BROKEN = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", metavar="AUDIT.JSONL", help="an exported trail, instead of the database")
    parser.add_argument(
        "--pack", metavar="PACK", help="an evidence pack, as its own verify.py does: a ZIP or a folder"
    )
    parser.add_argument("--head", metavar="H", help="a head printed earlier: it must still be in the trail")
    parser.add_argument(
        "--anchors",
        nargs="*",
        metavar="FILE",
        help="every anchor must be found again: those that the trail tells of, and those in these files or folders",
    )
    parser.add_argument(
        "--root",
        metavar="PEM",
        help="the root certificate that proves time stamps; without, that of the settings",
    )
    parser.add_argument("--json", action="store_true", help="the finding as one JSON object")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.pack:
        return pack.main([args.pack, *(["--head", args.head] if args.head else [])])
    wanted = None if args.anchors is None else Wanted([Path(each) for each in args.anchors], args.root)
    try:
        found, anchored = (
            of_file(Path(args.file), args.head, wanted)
            if args.file
            else of_database(settings, args.head, wanted)
        )
    except OSError as error:
        print(f"{error.filename or args.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 2
    ok = found.ok and not (anchored and anchored.wrong)
    if args.json:
        more = {"ok": ok, "texts": found.texts, "records": found.records, "unproven": found.unproven}
        told = {"anchors": anchored._asdict()} if anchored else {}
        print(json.dumps(found.trail.model_dump() | more | told))
        return 0 if ok else BROKEN
    for text in found.texts:
        print(printable(f"text of the trail: {text}"))
    for record in found.records:
        print(printable(f"records differ from the trail: {record}"))
    for record in found.unproven:
        print(printable(f"not provable any more: {record}"))
    if anchored:
        _say(anchored)
    print(found.trail)
    return 0 if ok else BROKEN


def _say(anchored: Anchored) -> None:
    for sentence in anchored.passed_over:
        print(printable(f"passed over: {sentence}"))
    for sentence in anchored.wrong:
        print(printable(f"anchor not found again: {sentence}"))
    print(anchored)
