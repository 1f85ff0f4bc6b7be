"""`steward demo`: the bot on an embedded database against a local workspace that opens in the browser."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import webbrowser
from pathlib import Path

from bot.settings import Settings

PORT = 8484


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", type=int, default=PORT, help=f"where the page is served (default {PORT}, 0: any)"
    )
    parser.add_argument("--no-open", action="store_true", help="do not open the browser")
    past = parser.add_mutually_exclusive_group()
    past.add_argument("--no-story", action="store_true", help="begin with an empty register")
    past.add_argument(
        "--year", action="store_true", help="begin one year later: reviews, reminders, an incident, digests"
    )
    parser.add_argument(
        "--keep-discussion",
        action="store_true",
        help="grant the optional scope by which what is written below cards is kept",
    )
    parser.add_argument(
        "--data", type=Path, help="keep the database in this folder instead of a temporary one"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    from bot.demo.stage import Stage
    from bot.slack.closing import wait_for_the_end

    with tempfile.TemporaryDirectory(prefix="steward-demo-") as folder:
        database = (args.data or Path(folder)).resolve() / "steward.db"
        stage = Stage(
            f"sqlite:///{database}",
            port=args.port,
            keeps_discussion=args.keep_discussion,
            a_year=args.year,
        )
        try:
            stage.open()
        except OSError as taken:
            print(
                f"{taken.strerror or taken}\nNothing was started: try `--port {args.port + 1}`.",
                file=sys.stderr,
            )
            return 1
        try:
            logging.getLogger().setLevel(logging.WARNING)
            if args.year:
                print("Playing a year, which takes a minute or two:", flush=True)
                stage.play_year(lambda line: print(f"  {line}", flush=True))
            elif not args.no_story:
                print("Playing the example story:", flush=True)
                stage.play(lambda line: print(f"  {line}", flush=True))
            print(
                f"\nSteward is ready: {stage.url}\nThe people there are made-up examples. Stop with Ctrl+C.",
                flush=True,
            )
            if not args.no_open:
                webbrowser.open(stage.url)
            wait_for_the_end()
        finally:
            stage.close()
    return 0
