"""`steward trust`: the pack for customers and tenders, and the log of what they asked."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from bot.cli.days import add_day, latest
from bot.cli.paper import NO_PLACE, add_form, give, has_place
from bot.cli.starting import utc_now
from bot.config import current
from bot.markup import one_line
from bot.settings import Settings
from bot.trust import FORMATS, written
from bot.words import Words
from store import aims, trust
from store.aims_shown import shown
from store.engine import Store
from store.sessions import Session
from triage.aims.asked import INQUIRY, state_of
from triage.aims.entry import Entry

DIFFERS, UNKNOWN = 1, 2
SHOWN = ("ref", "asked_on", "whose", "question", "state", "answer", "gap")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_form(parser, FORMATS)
    only = parser.add_mutually_exclusive_group()
    only.add_argument(
        "--approved",
        action="store_true",
        help="what somebody approved for outside, just as it was approved",
    )
    only.add_argument(
        "--questions", action="store_true", help="what was asked from outside, with its answer or the gap"
    )
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            config = current(session)
            if args.questions:
                return _questions(session, args)
            held = trust.kept(session)
            if args.approved and held is None:
                print("No trust pack is approved.", file=sys.stderr)
                return UNKNOWN
            words, today = Words(config.language, config.timezone), latest(session, utc_now())
            if args.approved and held is not None:
                found = trust.whole(session, held, config.timezone)
                why = trust.unfit(session, held.entry, today, config.timezone)
            else:
                found, why = trust.made(session, args.as_of or today, config.timezone), ""
    finally:
        store.close()
    if not has_place(args):
        return NO_PLACE
    if found is None:
        print(words.refusal("trust_erased"), file=sys.stderr)
        return DIFFERS
    approved = held is not None and held.digest == found.digest and not why
    done = give(args, written(words, found, args.format, approved=approved))
    if done or not args.approved:
        return done
    print(words.refusal(why) if why else f"As it was approved: {found.digest}", file=sys.stderr)
    return DIFFERS if why else 0


def _questions(session: Session, args: argparse.Namespace) -> int:
    if args.format not in ("text", "json"):
        print("Questions come as text or JSON.", file=sys.stderr)
        return NO_PLACE
    rows = list(_rows(session))
    if args.format == "json":
        return give(args, "\n".join(json.dumps(each, sort_keys=True) for each in rows).encode())
    lines = [" · ".join(one_line(each[name]) for name in SHOWN if each[name]) for each in rows]
    return give(args, "\n".join(lines or ["Nothing was asked."]).encode())


def _rows(session: Session) -> Iterator[dict[str, str]]:
    for each in aims.of_kind(session, INQUIRY, "in_force"):
        yield _row(shown(session, each))


def _row(entry: Entry) -> dict[str, str]:
    last = entry.done_now[-1] if entry.done_now else None
    said = last.said if last is not None else {}
    return {
        "ref": entry.ref,
        "asked_on": entry.steps[0].at.date().isoformat(),
        "asker": str(entry.said("asker")),
        "whose": str(entry.said("whose")),
        "question": str(entry.said("question")),
        "state": state_of(entry),
        "answer": str(said.get("answer", "")),
        "answered_by": last.by if last is not None else "",
        "gap": str(said.get("gap", "")),
    }
