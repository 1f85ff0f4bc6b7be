"""`steward policy own` and `propose`: the organisation's own rules as they are in force, and other ones put forward."""

from __future__ import annotations

import argparse
import sys
from uuid import uuid4

from bot.cli import ownhistory
from bot.cli.ownfile import name_of, read
from bot.cli.starting import open_store, utc_now
from bot.faulty import named
from bot.settings import Settings
from intake.source import printable
from intake.steering import tame
from store.engine import Store
from store.sessions import Session

REFUSED = 1
FAULTY = 2
REFUSALS = {
    "rules_same": "These rules are in force already. Nothing was proposed.",
    "rules_none": "There are no rules of your own in force, and this file has none either. Nothing was proposed.",
    "rules_reason": "Something becomes looser, so say why: --reason TEXT. Nothing was proposed.",
}


def add_own(parser: argparse.ArgumentParser) -> None:
    parser.description = "Print the rules of your own that are in force, as they were put in."
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--history", action="store_true", help="every set that was ever proposed or in force, and by whom"
    )
    which.add_argument(
        "--digest", metavar="START", help="another set that was proposed once, by how its digest begins"
    )


def add_propose(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="the rules of your own as they should be; - for standard input")
    parser.add_argument("--reason", default="", help="needed where something becomes looser")
    parser.add_argument(
        "--check", action="store_true", help="only say what is wrong or looser; propose nothing"
    )


def in_force(settings: Settings) -> str:
    """The text; "" where there is none."""
    from store import own

    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            return own.text_of(session, own.in_force(session))
    finally:
        store.close()


def run_own(args: argparse.Namespace, settings: Settings) -> int:
    """The text goes to standard output, so that it can be kept in a file; what waits is said beside it."""
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            if args.history:
                return _history(session)
            return _text(session, args.digest) if args.digest else _standing(session)
    finally:
        store.close()


def _history(session: Session) -> int:
    from store import enacted, people

    known = enacted.history(session)
    for line in ownhistory.told(known, people.names(session)):
        print(printable(line))
    if not known:
        print("No rules of your own were ever proposed.", file=sys.stderr)
    return 0


def _text(session: Session, beginning: str) -> int:
    from store import enacted, own

    known = enacted.digests(session, beginning)
    if len(known) != 1:
        few = "Several rules of your own begin" if known else "No rules of your own begin"
        print(printable(f"{few} like {beginning[:64]!r}; --history names all."), file=sys.stderr)
        return REFUSED
    _print(own.text_of(session, known[0]))
    return 0


def _standing(session: Session) -> int:
    from store import enacted, own, people
    from triage.amending import is_same
    from triage.own import EMPTY

    text, waits = own.text_of(session, own.in_force(session)), own.proposal(session)
    _print(text)
    if not text:
        print("There are no rules of your own.", file=sys.stderr)
    elif is_same(text, EMPTY):
        since = ownhistory.since(enacted.history(session), people.names(session))
        print(f"There are no rules of your own: they were taken back {since}.", file=sys.stderr)
    if waits is not None:
        print(f"Others are proposed ({waits.digest[:12]}) and wait in Slack.", file=sys.stderr)
    return 0


def _print(text: str) -> None:
    print(tame(text), end="" if text.endswith("\n") or not text else "\n")


def run_propose(args: argparse.Namespace, settings: Settings) -> int:
    from bot import enacting
    from store import own
    from triage.outcome import Refused

    text = read(args.file)
    store = Store(settings.database_url, now=utc_now) if args.check else open_store(settings)
    try:
        with store.read() as session:
            in_force = own.text_of(session, own.in_force(session))
        found = enacting.examine(text, in_force, lambda fault: str(named(fault, name_of(args.file))))
        for problem in found.problems:
            print(printable(problem))
        if found.problems:
            print("Nothing was proposed.", file=sys.stderr)
            return FAULTY
        for each in found.looser:
            print(f"looser: {each.rule} ({each.how})")
        if not args.check:
            wish = enacting.Wish(text, by="", reason=args.reason, key=f"operator:{uuid4().hex}")
            enacting.propose(store, wish, found)
    except Refused as refusal:
        print(REFUSALS[refusal.key], file=sys.stderr)
        return REFUSED
    finally:
        store.close()
    done = (
        "Nothing was proposed."
        if args.check
        else "Proposed; what would move is shown in the governance channel."
    )
    print(f"{who_decides(bool(found.looser))}, in Slack. {done}")
    return 0


def who_decides(looser: bool) -> str:
    if looser:
        return "Looser: two people have to put them into force, with a reason"
    return "Only stricter: one person puts them into force"
