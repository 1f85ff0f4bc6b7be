"""`steward audits`: internal audits, the report of one as a document, and its sample drawn again."""

from __future__ import annotations

import argparse
import json
import sys

from bot.auditreport import FORMATS, written
from bot.cli import accesses
from bot.cli.days import add_day, end_of
from bot.cli.paper import NO_PLACE, add_form, give, has_place
from bot.cli.starting import utc_now
from bot.config import current
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import people, samples
from store.audited import Again, again, reports
from store.engine import Store
from store.entries import by_ref, every_one
from triage.aims.audited import AUDIT, Audited

DIFFERS, UNKNOWN = 1, 2
SAID = {
    "same": "The same sample, out of the same {then}.",
    "differs": "Not the sample that seed and register give. `steward verify` says whether anything was changed since.",
    "other_seed": "The seed is not the one of the trail. `steward verify` says whether anything was changed since.",
    "other_register": "It cannot be said: it was drawn out of {then}, and the trail now tells of {now}, or of other "
    "weights. `steward verify` says whether anything was erased or changed since.",
    "not_drawn": "Nothing was drawn for it yet.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--report", metavar="AIA-YYYY-NNNN", help="all of one audit as one document")
    which.add_argument(
        "--draw-again",
        metavar="AIA-YYYY-NNNN|LINE",
        help="whether its seed draws the same sample; by its line of the trail, one that was drawn in Slack",
    )
    which.add_argument("--accesses", action="store_true", help="who is, was or will be let in to audit")
    which.add_argument("--looked", metavar="AIX-YYYY-NNNN", help="what somebody looked at who was let in")
    add_form(parser, FORMATS)
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            config, named = current(session), people.names(session)
            words = Words(config.language, config.timezone)
            if args.draw_again:
                if args.draw_again.isdecimal() and (
                    told := samples.drawn_in(session, int(args.draw_again[:18]))
                ):
                    return _drawn(samples.again(session, told))
                entry = by_ref(session, args.draw_again)
                return _drawn(again(session, entry)) if entry and entry.kind == AUDIT else _unknown(args)
            if args.accesses or args.looked:
                return accesses.listed(session, args, named, config.timezone)
            until = end_of(args.as_of, session) if args.as_of else None
            found = reports(session, every_one(session, until))
    finally:
        store.close()
    if not args.report:
        return _listed(found, as_json=args.format == "json")
    one = next((each for each in found if each.ref == args.report.strip().upper()), None)
    if one is None:
        return _unknown(args)
    return give(args, written(words, one, named, args.format)) if has_place(args) else NO_PLACE


def _drawn(found: Again) -> int:
    print(SAID[found.came_to].format(then=found.then, now=found.now))
    return 0 if found.came_to == "same" else UNKNOWN if found.came_to == "not_drawn" else DIFFERS


def _unknown(args: argparse.Namespace) -> int:
    asked = printable(str(args.report or args.draw_again)[:40])
    print(f"There is no approved audit {asked}. `steward audits` lists them.", file=sys.stderr)
    return UNKNOWN


def _listed(found: list[Audited], *, as_json: bool) -> int:
    for each in found:
        stage = next((name for name in ("closed", "reported", "held") if getattr(each, name)), "planned")
        plain = {"ref": each.ref, "title": each.title, "stage": stage, "findings": len(each.found)}
        line = f"{each.ref}  {stage}  {each.begins} to {each.due}  findings: {len(each.found)}  {each.title}"
        print(json.dumps(plain) if as_json else printable(line))
    if not as_json:
        print(f"{len(found)} {'audit' if len(found) == 1 else 'audits'}", file=sys.stderr)
    return 0
