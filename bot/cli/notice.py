"""`steward notice`: a draft of what users of a use, or people it affects, have to be told, to copy."""

from __future__ import annotations

import argparse
import html
import sys

from bot import announcing
from bot.cli.starting import utc_now
from bot.config import current
from bot.markup import JOINER
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import people, queries
from store.engine import Store
from store.records import load
from triage.announcing import Audience, announcement

NOT_FOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ref", help="for instance AIU-2026-0001")
    parser.add_argument(
        "--for",
        dest="audience",
        choices=[each.value for each in Audience],
        default=Audience.users.value,
        help="those who work with it, or those whom it affects",
    )
    parser.add_argument("--language", choices=announcing.languages(), default="en")
    parser.add_argument(
        "--confidential", action="store_true", help="also of a use that is kept among its readers"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            case = load(session, queries.id_of(session, args.ref) or "")
            names = people.names(session)
            outside = current(session).outside or ""
    finally:
        store.close()
    if case is None or not case.in_use:
        print(f"There is no approved use {printable(args.ref)}.", file=sys.stderr)
        return NOT_FOUND
    if case.confidential and not args.confidential:
        print(f"{printable(args.ref)} is kept among its readers: --confidential drafts it.", file=sys.stderr)
        return NOT_FOUND
    made = announcement(case, Audience(args.audience))
    owner = names.get(case.owner or case.requester, "")
    page = announcing.drafted(Words(args.language), case, made, owner, outside)
    for part in ("intro", "gaps"):
        print(_plain(page[part]), file=sys.stderr)
    for number, paragraph in enumerate(announcing.paragraphs(page)):
        lines = _plain(paragraph).splitlines()
        print(*([""] if number else []), *map(printable, lines), sep="\n")
    return 0


def _plain(text: str) -> str:
    return html.unescape(text.replace(JOINER, ""))
