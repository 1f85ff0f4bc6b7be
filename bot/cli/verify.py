"""`steward verify`: proves the audit trail untouched, or names the first line that is not.

In a database it also compares the register with what the trail says of it. The last line is always about the trail.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bot.cli.pulse import at_work
from bot.cli.starting import utc_now
from bot.pack import verify as pack
from bot.proof import Proof, prove
from bot.settings import Settings
from intake.source import printable
from store.engine import Store
from store.trail import verify_export

BROKEN = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", metavar="AUDIT.JSONL", help="an exported trail, instead of the database")
    parser.add_argument(
        "--pack", metavar="PACK", help="an evidence pack, as its own verify.py does: a ZIP or a folder"
    )
    parser.add_argument("--head", metavar="H", help="a head printed earlier: it must still be in the trail")
    parser.add_argument("--json", action="store_true", help="the finding as one JSON object")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.pack:
        return pack.main([args.pack, *(["--head", args.head] if args.head else [])])
    try:
        found = _file(Path(args.file), args.head) if args.file else _database(settings, args.head)
    except OSError as error:
        print(f"{args.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 2
    if args.json:
        more = {"ok": found.ok, "texts": found.texts, "records": found.records, "unproven": found.unproven}
        print(json.dumps(found.trail.model_dump() | more))
        return 0 if found.ok else BROKEN
    for text in found.texts:
        print(printable(f"text of the trail: {text}"))
    for record in found.records:
        print(printable(f"records differ from the trail: {record}"))
    for record in found.unproven:
        print(printable(f"not provable any more: {record}"))
    print(found.trail)
    return 0 if found.ok else BROKEN


def _file(path: Path, head: str | None) -> Proof:
    return Proof(verify_export(path.read_bytes(), anchor=head))


def _database(settings: Settings, head: str | None) -> Proof:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session, at_work("Verifying"):
            return prove(session, head=head)
    finally:
        store.close()
