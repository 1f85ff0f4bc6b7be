"""`steward worker`: sends what is owed and works off what came in, without a door of its own."""

from __future__ import annotations

import argparse
import logging

from bot.cli.starting import open_store, start
from bot.settings import Settings
from store.aside import put_back
from store.engine import Store

log = logging.getLogger("steward")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--release",
        action="store_true",
        help="only put back what was put aside (`steward check` names it), then end: a running worker takes it up",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.release:
        return _release(open_store(settings))
    store = start(settings, door=False)
    from bot.slack.closing import wait_for_the_end
    from bot.slack.process import Running, introduce, to_client

    client = to_client(settings)
    running = Running(settings, store, client, introduce(client), worker=True)
    try:
        running.work()
        log.info("The worker is running", extra={"event": "started"})
        wait_for_the_end()
    finally:
        running.stop()
    return 0


def _release(store: Store) -> int:
    with store.write() as session:
        back = put_back(session)
    store.close()
    print(f"put back: {back}")
    return 0
