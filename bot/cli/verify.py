"""`steward verify`: proves the audit trail untouched, or names the first line that is not.

In a database it also compares the register with what the trail says of it. The last line is always about the trail.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.cli.starting import utc_now
from bot.settings import Settings
from store import accord, audit
from store.engine import Store
from store.trail import Verified, verify_export

BROKEN = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", metavar="AUDIT.JSONL", help="an exported trail, instead of the database")
    parser.add_argument("--head", metavar="H", help="a head printed earlier: it must still be in the trail")
    parser.add_argument("--json", action="store_true", help="the finding as one JSON object")


class Finding(NamedTuple):
    """The trail as such, then what does not fit to it."""

    trail: Verified
    texts: Sequence[str] = ()
    records: Sequence[str] = ()

    @property
    def ok(self) -> bool:
        return self.trail.ok and not self.records


def run(args: argparse.Namespace, settings: Settings) -> int:
    try:
        found = _file(Path(args.file), args.head) if args.file else _database(settings, args.head)
    except OSError as error:
        print(f"{args.file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 2
    if args.json:
        more = {"ok": found.ok, "texts": found.texts, "records": found.records}
        print(json.dumps(found.trail.model_dump() | more))
        return 0 if found.ok else BROKEN
    for text in found.texts:
        print(f"text of the trail: {text}")
    for record in found.records:
        print(f"records differ from the trail: {record}")
    print(found.trail)
    return 0 if found.ok else BROKEN


def _file(path: Path, head: str | None) -> Finding:
    return Finding(verify_export(path.read_bytes(), anchor=head))


def _database(settings: Settings, head: str | None) -> Finding:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            found = audit.verify_store(session, anchor=head)
            wrong = audit.verify_texts(session)
            records = accord.differences(session)
    finally:
        store.close()
    texts = [f"{field} of line {seq} was changed, or removed without an erasure" for seq, field in wrong]
    first = min((seq for seq, _ in wrong), default=None)
    if first is not None and (found.broken_at is None or first < found.broken_at):
        # The line is whole, but a text kept beside it is no longer there, or not the one that it commits to.
        found = found.model_copy(update={"ok": False, "broken_at": first, "kind": "changed"})
    return Finding(found, texts, records)
