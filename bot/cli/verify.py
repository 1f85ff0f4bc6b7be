"""`steward verify`: proves the audit trail untouched, or names the first line that is not."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.cli.starting import utc_now
from bot.settings import Settings
from store import audit
from store.engine import Store
from store.trail import Verified, verify_export

BROKEN = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", metavar="AUDIT.JSONL", help="an exported trail, instead of the database")
    parser.add_argument("--head", metavar="H", help="a head printed earlier: it must still be in the trail")
    parser.add_argument("--json", action="store_true", help="the finding as one JSON object")


def run(args: argparse.Namespace, settings: Settings) -> int:
    try:
        found = _file(Path(args.file), args.head) if args.file else _database(settings, args.head)
    except OSError as error:
        print(f"{args.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 2
    print(found.model_dump_json() if args.json else found)
    return 0 if found.ok else BROKEN


def _file(path: Path, head: str | None) -> Verified:
    return verify_export(path.read_bytes(), anchor=head)


def _database(settings: Settings, head: str | None) -> Verified:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            found = audit.verify_store(session, anchor=head)
            changed = [seq for seq, _ in audit.verify_texts(session)]
    finally:
        store.close()
    first = min(changed, default=None)
    if first is not None and (found.broken_at is None or first < found.broken_at):
        # The line is whole, but a text kept beside it is no longer the one that it commits to.
        return found.model_copy(update={"ok": False, "broken_at": first, "kind": "changed"})
    return found
