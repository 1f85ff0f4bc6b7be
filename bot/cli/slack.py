"""`steward slack`: the bot itself."""

from __future__ import annotations

import argparse
import logging

from bot.cli.starting import for_good, start
from bot.settings import Settings

log = logging.getLogger("steward")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-worker", action="store_true", help="only listen; `steward worker` sends and works elsewhere"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    with for_good():
        from bot.slack.closing import wait_for_the_end
        from bot.slack.process import Running, introduce, to_client

        store = start(settings, door=True)
        client = to_client(settings)
        running = Running(settings, store, client, introduce(client), worker=not args.no_worker)
    try:
        if not args.no_worker:
            running.work()
        door = running.listen()
        log.info("Steward is listening (%s)", door, extra={"event": "started"})
        wait_for_the_end()
    finally:
        running.stop()
    log.info("Steward has ended", extra={"event": "ended"})
    return 0
