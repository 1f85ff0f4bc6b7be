"""`steward settings`: what the organisation settled, and the way back in when nobody can change it in Slack."""

from __future__ import annotations

import argparse
import json
import sys
from uuid import uuid4

from bot.cli.starting import open_store, stated, utc_now
from bot.config import KEYS, change
from bot.settings import Settings
from intake.source import did_you_mean, printable
from intake.steering import to_json
from store.engine import Store
from store.extract import settings as kept

NOT_SAID = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="a list of {key, value, changed_by, changed_at}")
    parser.add_argument(
        "--from-file",
        nargs="+",
        metavar="KEY",
        default=[],
        help="put what the settings file says of these in force, in place of what was changed in Slack",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.from_file:
        return _take(args.from_file, settings)
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            found = [
                dict(zip(("key", "value", "changed_by", "changed_at"), row, strict=True))
                for row in kept(session)
            ]
    finally:
        store.close()
    if args.json:
        print(to_json(found, indent=2))
    for each in [] if args.json else found:
        by = each["changed_by"] or "the settings file"
        print(
            printable(
                f"{each['key']}: {json.dumps(each['value'], ensure_ascii=False)}  ({by}, {each['changed_at'][:16]})"
            )
        )
    return 0


def _take(keys: list[str], settings: Settings) -> int:
    """Whoever may do this holds the database anyway; it stands in the trail like every change."""
    said = stated(settings)
    for key in keys:
        if key not in KEYS or key not in said:
            known = f"{settings.config_path} does not say it." if key in KEYS else did_you_mean(key, KEYS)
            print(printable(f"{key[:60]} cannot be taken: {known} Nothing was changed."), file=sys.stderr)
            return NOT_SAID
    store = open_store(settings)
    try:
        changed = change(
            store, {key: said[key] for key in keys}, by=None, key=f"operator:{uuid4().hex}", now=store.now()
        )
    finally:
        store.close()
    print(
        f"in force now: {', '.join(changed)}" if changed else "Nothing to change: the database says the same."
    )
    return 0
