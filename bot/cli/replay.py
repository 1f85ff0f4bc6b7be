"""`steward replay`: every verdict ever given is worked out again, and agrees, or the difference is named."""

from __future__ import annotations

import argparse
import json
import sys

from bot.cli.starting import utc_now
from bot.settings import Settings
from intake.source import printable
from store.engine import Store

DIFFERS = 1
SHOWN_AFTER_SECONDS = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object for each verdict that differs")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from store.legible import as_it_lies
    from store.replaying import replay, verdicts
    from store.shelf import Shelf

    store = Store(settings.database_url, now=utc_now)
    agree = differ = 0
    try:
        with store.read() as session, as_it_lies(session):
            given = verdicts(session)
            every = tqdm(
                replay(session, Shelf(), given),
                total=len(given),
                unit="verdict",
                delay=SHOWN_AFTER_SECONDS,
                disable=None,
                leave=False,
            )
            for use, judged_at, problem in every:
                agree, differ = (agree, differ + 1) if problem else (agree + 1, differ)
                if problem:
                    told = {"use": use, "judged_at": judged_at, "problem": problem}
                    print(json.dumps(told) if args.json else printable(" ".join(map(str, told.values()))))
    finally:
        store.close()
    print(
        f"{agree + differ} verdicts: {agree} agree, {differ} differ",
        file=sys.stderr if args.json else sys.stdout,
    )
    return DIFFERS if differ else 0
