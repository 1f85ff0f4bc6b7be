"""`steward nonconformities`: what went against the rules and stands how, and what a look by rule puts forward."""

from __future__ import annotations

import argparse
import json
import sys

from bot.arising import NONCONFORMITY, put_forward
from bot.cli.days import add_day, end_of
from bot.cli.starting import open_store, utc_now
from bot.library import library
from bot.office import Office
from bot.settings import Settings
from intake.source import printable
from store import aims
from store.engine import Store
from triage.aims.entry import Entry


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--open", action="store_true", help="only those that are not closed")
    parser.add_argument(
        "--look",
        action="store_true",
        help="look by rule now, as the clock does daily, and put forward what is new",
    )
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.look:
        return _look(settings)
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            until = end_of(args.as_of, session) if args.as_of else None
            found = [each for each in aims.every_one(session, until) if each.kind == NONCONFORMITY]
    finally:
        store.close()
    shown = [each for each in found if not args.open or _is_open(each)]
    for each in shown:
        print(json.dumps(_plain(each)) if args.json else printable(_line(each)))
    if not args.json:
        print(f"{len(shown)} {'nonconformity' if len(shown) == 1 else 'nonconformities'}", file=sys.stderr)
    return 0


def _look(settings: Settings) -> int:
    store = open_store(settings)
    try:
        office = Office(store, library(), store.now)
        with store.read() as session:
            held = office.holders(session)
        number = put_forward(store, office.words, office.desk(held))
    finally:
        store.close()
    told = f"{number} put forward. Whoever leads confirms or sends back each of them in Slack."
    print(told if number else "Nothing new.")
    return 0


def _is_open(entry: Entry) -> bool:
    return entry.state in ("proposed", "in_force") and entry.stage != "closed"


def _line(entry: Entry) -> str:
    state = "waits for somebody to confirm it" if entry.state == "proposed" else entry.stage or entry.state
    points = entry.said("points")
    named = ", ".join(points) if isinstance(points, tuple) else ""
    return f"{entry.ref}  {entry.said('weight')}  {state}  due {entry.due}  {named}  {entry.title}"


def _plain(entry: Entry) -> dict[str, object]:
    done = [each.model_dump(mode="json") for each in entry.done]
    said = dict(entry.shown.said) if entry.shown else {}
    return {"ref": entry.ref, "state": entry.state, "stage": entry.stage, "said": said, "done": done}
