"""`steward migrate`: bring the database to this version."""

from __future__ import annotations

import argparse

from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has none."""


def run(args: argparse.Namespace, settings: Settings) -> int:
    from store.migrate import migrate

    migrate(settings.database_url)
    print("The database is up to date.")
    return 0
