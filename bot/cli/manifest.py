"""`steward manifest`: the app manifest to paste into Slack, for Socket Mode or for HTTP."""

from __future__ import annotations

import argparse
import sys
from urllib.parse import urlsplit

import yaml

from bot.manifest import (
    FILE,
    READS,
    manifest,
    over_http,
    with_discussion,
    with_hints,
    with_marks,
    with_questions,
)
from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--http",
        metavar="https://HOST",
        help="for an app that Slack calls at this address, instead of Socket Mode",
    )
    parser.add_argument(
        "--keep-discussion",
        choices=tuple(READS),
        help="also keep what is written below cards, which go to a channel of this kind",
    )
    parser.add_argument(
        "--answer-questions",
        choices=tuple(READS),
        help='also answer "can I use …?" in those channels of this kind that are settled as channels.questions',
    )
    parser.add_argument(
        "--mark-evidence",
        action="store_true",
        help="also hear of reactions: the one that is settled puts a message into the timeline of an incident",
    )
    parser.add_argument(
        "--hint",
        action="store_true",
        help="also hear of messages in public channels, to hint privately at tools that nobody registered",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    added = (args.keep_discussion, args.answer_questions, args.mark_evidence, args.hint)
    if args.http is None and not any(added):
        sys.stdout.write(FILE.read_text(encoding="utf-8"))
        return 0
    parts = urlsplit(args.http or "")
    if args.http is not None and (
        parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment
    ):
        print(
            f"{args.http!r} is not an address that Slack can call. Write it as https://host, "
            "without anything behind a ? or #.",
            file=sys.stderr,
        )
        return 2
    app = manifest() if args.http is None else over_http(args.http)
    if args.keep_discussion is not None:
        app = with_discussion(app, args.keep_discussion)
    if args.answer_questions is not None:
        app = with_questions(app, args.answer_questions)
    if args.hint:
        app = with_hints(app)
    if args.mark_evidence:
        app = with_marks(app)
    yaml.safe_dump(app, sys.stdout, sort_keys=False, allow_unicode=True, width=110)
    return 0
