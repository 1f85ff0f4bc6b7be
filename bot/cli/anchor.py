"""`steward anchor`: the head of the trail put elsewhere now, and the list of all that were."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bot.anchors import daily, shelf
from bot.anchors.daily import Failed, Voices
from bot.cli.starting import open_store
from bot.config import Config, current
from bot.settings import Settings
from bot.slack.anchored import voices
from bot.words import Words
from intake.source import printable
from store import anchors
from store.engine import Store
from store.people import place_called
from triage.anchoring import Anchor, Place

FAILED = 1
NOTHING = "There is nothing to anchor: the trail has no line yet."
UNSETTLED = (
    "Nothing says where anchors go. Set anchor.channel, anchor.file, or anchor.tsa with anchor.tsa_root, or give "
    "--write FILE."
)
WORDS: dict[Place, str] = {"channel": "to be posted in the channel", "file": "written", "stamp": "stamped"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--list", action="store_true", help="every anchor that the trail tells of; makes none")
    which.add_argument(
        "--write", metavar="FILE", help="put the head into this file or folder, and nowhere else"
    )
    which.add_argument(
        "--tokens", metavar="DIR", help="write every stamp, and what it is about, as files; makes none"
    )
    parser.add_argument("--json", action="store_true", help="with --list: one JSON object a line")


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings)
    try:
        if args.list:
            return _list(store, as_json=args.json)
        if args.tokens:
            return _tokens(store, Path(args.tokens))
        with store.read() as session:
            config, head = current(session), anchors.head(session, store.now())
        if head is None:
            print(NOTHING, file=sys.stderr)
            return FAILED
        return _write(store, head, Path(args.write)) if args.write else _make(store, config, head)
    finally:
        store.close()


def _make(store: Store, config: Config, head: Anchor) -> int:
    heard = _voices(store, config)
    wanted = daily.places(config.anchor, heard.place)
    if config.anchor.channel and heard.place is None:
        print("The channel is not known here yet: a running Steward posts there.", file=sys.stderr)
    elif not wanted:
        print(UNSETTLED, file=sys.stderr)
        return FAILED
    failed = False
    for place in wanted:
        try:
            daily.put(store, config.anchor, head, place, voices=heard, due=None, now=store.now())
        except Failed as problem:
            failed = True
            print(printable(f"not {WORDS[place]}: {problem}"), file=sys.stderr)
        else:
            print(f"{WORDS[place]}: line {head.seq} head {head.head}")
    return FAILED if failed else 0


def _voices(store: Store, config: Config) -> Voices:
    with store.read() as session:
        place = place_called(session, config.anchor.channel) if config.anchor.channel else None
    return voices(Words(config.language, config.timezone), place, [])


def _write(store: Store, head: Anchor, path: Path) -> int:
    try:
        daily.keep(store, path, head)
    except Failed as problem:
        print(printable(f"Not written: {problem}"), file=sys.stderr)
        return FAILED
    with store.write() as session:
        anchors.made(session, head, "file", due=None, now=store.now())
    print(f"written: line {head.seq} head {head.head}")
    return 0


def _list(store: Store, *, as_json: bool) -> int:
    with store.read() as session:
        found = list(anchors.known(anchors.lines(session)))
    for each in found:
        anchor = each.anchor
        told = {**anchor._asdict(), "where": each.place, "line": each.line, "token": each.token or None}
        where = f"{each.place}, told in line {each.line}"
        print(json.dumps(told) if as_json else f"{anchor.at}  line {anchor.seq} head {anchor.head}  {where}")
    if not found:
        print("No anchor was made yet.", file=sys.stderr)
    return 0


def _tokens(store: Store, folder: Path) -> int:
    """Each as openssl reads it: the stamp, and the bytes whose SHA-256 it vouches for."""
    number = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with store.read() as session:
            for each in anchors.known(anchors.lines(session)):
                token = anchors.token(session, each.token) if each.token else None
                if token is not None:
                    shelf.put(folder, each.anchor, token)
                    name = f"anchor-{each.anchor.seq:09}.line"
                    folder.joinpath(name).write_bytes(anchors.body_of(session, each.anchor.seq))
                    number += 1
    except OSError as problem:
        print(printable(f"{folder} cannot be written: {problem.strerror}."), file=sys.stderr)
        return FAILED
    print(f"stamps written: {number}")
    return 0
