"""`steward manifest`: the app manifest to paste into Slack, for Socket Mode or for HTTP."""

from __future__ import annotations

import argparse
import sys
from urllib.parse import urlsplit

import yaml

from bot.manifest import FILE, over_http
from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--http",
        metavar="https://HOST",
        help="for an app that Slack calls at this address, instead of Socket Mode",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.http is None:
        sys.stdout.write(FILE.read_text(encoding="utf-8"))
        return 0
    parts = urlsplit(args.http)
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        print(
            f"{args.http!r} is not an address that Slack can call. Write it as https://host, "
            "without anything behind a ? or #.",
            file=sys.stderr,
        )
        return 2
    yaml.safe_dump(over_http(args.http), sys.stdout, sort_keys=False, allow_unicode=True, width=110)
    return 0
