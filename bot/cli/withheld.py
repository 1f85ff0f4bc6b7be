"""What a command of one use does with a confidential one: its reference and its tier, unless the whole is asked for."""

from __future__ import annotations

import argparse
import sys

from bot.words import Words
from intake.source import printable
from store import queries
from store.records import load
from store.sessions import Session

CONFIDENTIAL = 1


def add_whole(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--confidential",
        action="store_true",
        help="a confidential use whole; without it only its reference and its tier",
    )


def withheld(session: Session, args: argparse.Namespace) -> str:
    """What is said instead; "" where all of it may be."""
    case = load(session, queries.id_of(session, args.ref) or "")
    if case is None or not case.confidential or args.confidential:
        return ""
    words, tier = Words(), case.verdict.tier if case.verdict else None
    levels = dict.fromkeys((tier.floor, tier.ceiling)) if tier else ()
    risk = " or ".join(words.label(f"tier_name.{level}") for level in levels) or "not judged yet"
    return f"{case.ref} is confidential: {risk}. With --confidential it is told whole."


def tell(sentence: str) -> int:
    print(printable(sentence), file=sys.stderr)
    return CONFIDENTIAL
