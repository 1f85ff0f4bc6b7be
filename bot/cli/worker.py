"""`steward worker`: sends what is owed and works off what came in, without a door of its own."""

from __future__ import annotations

import argparse
import logging

from bot.cli.starting import open_store, prepare
from bot.settings import Settings

log = logging.getLogger("steward")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has none."""


def run(args: argparse.Namespace, settings: Settings) -> int:
    from bot.slack.process import Running, introduce, to_client, wait_for_the_end

    store = open_store(settings)
    prepare(settings, store)
    client = to_client(settings)
    running = Running(settings, store, client, introduce(client), worker=True)
    try:
        running.work()
        log.info("The worker is running", extra={"event": "started"})
        wait_for_the_end()
    finally:
        running.stop()
    return 0
