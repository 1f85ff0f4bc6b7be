"""`steward person`: all that is known of one person, put out for them, or a pseudonym in their place everywhere."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.cli.personpage import as_json, as_page
from bot.cli.starting import utc_now
from bot.settings import Settings
from intake.source import printable
from store import persons
from store.about import about
from store.engine import Store
from store.erasing import standing
from store.forgetting import Forgotten, Kept, forget, meant
from store.legible import as_it_lies
from store.persons import Found
from store.schema import check_current
from store.sessions import Session
from store.tables import PersonRow

NOTHING = 1
LONGEST = 500
IN_THE_WAY = {
    "erased_already": "They were erased before. Nothing was changed.",
    "named_in_settings": "Settings name them: {named}. Take them out first (/steward settings, or the settings file).",
    "answers_for": "They still work here and answer for {named}. Hand that to somebody else first, or deactivate their "
    "account: then it is offered to their team.",
    "would_differ": "The trail would not bear these out any more: {named}. That is a fault of ours; please report it.",
    "held": "A legal hold keeps what there is: {named}. Two people lift it (`steward retention lift`).",
}
ELSEWHERE = (
    "Not reached: Slack itself, exports, back-ups, anchors that were posted, the inside of files, other systems, and "
    "files of the database that hold what was written over. Start Steward anew: a running one remembers who is who. "
    "Take them out of the people file, too: its next import would bring them back."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    wishes = parser.add_subparsers(dest="wish", required=True, metavar="export|erase")
    out = wishes.add_parser("export", help="all that is known of one person, as JSON and as a page to read")
    gone = wishes.add_parser("erase", help="a pseudonym in their place everywhere; cannot be undone")
    for each in (out, gone):
        each.add_argument(
            "who", metavar="WHO", help="an opaque id, an id of Slack, or an e-mail of the people file"
        )
        each.add_argument(
            "--also",
            action="append",
            default=[],
            metavar="NAME",
            help="another spelling of their name; may be given again",
        )
    out.add_argument("--out", required=True, metavar="DIR", help="a folder for person.json and person.html")
    gone.add_argument(
        "--because", required=True, metavar="TEXT", help="why; it is kept, so without their name"
    )
    gone.add_argument("--by", metavar="PERSON", help="who wants it so, by opaque id; without, an operator")
    gone.add_argument("--yes", action="store_true", help="do it; without, only say what would be done")


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        check_current(store)
        return _export(store, args) if args.wish == "export" else _erase(store, args)
    finally:
        store.close()


def _export(store: Store, args: argparse.Namespace) -> int:
    with store.read() as session, as_it_lies(session):
        found = persons.find(session, args.who)
        if found is None:
            return _nobody(args.who)
        told, besides = about(session, found, tuple(args.also)), persons.besides(session, found)
    folder = Path(args.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, body in (("person.json", as_json(told)), ("person.html", as_page(told))):
            folder.joinpath(name).write_text(body, encoding="utf-8", errors="backslashreplace")
    except (OSError, ValueError) as problem:
        print(printable(f"{folder} cannot be written: {problem}."), file=sys.stderr)
        return NOTHING
    rows = sum(len(each) for each in told.rows.values())
    print(f"rows: {rows}, lines of the trail: {len(told.lines)}, texts of it: {len(told.texts)}")
    _say(_again("export", besides))
    print("Read it before you hand it on: others are named in it, too.", file=sys.stderr)
    return 0


def _erase(store: Store, args: argparse.Namespace) -> int:
    because = args.because.encode("utf-8", "replace").decode().strip()
    if not 0 < len(because) <= LONGEST:
        print(
            f"--because needs a reason of at most {LONGEST} characters. Nothing was erased.", file=sys.stderr
        )
        return 2
    try:
        with store.write() if args.yes else store.read() as session:
            found = persons.find(session, args.who)
            if found is None:
                return _nobody(args.who)
            if args.by is not None and session.get(PersonRow, args.by) is None:
                print(printable(f"There is no person {args.by[:60]}. Nothing was erased."), file=sys.stderr)
                return 2
            besides = persons.besides(session, found)
            done = _forget(session, found, args, because, store)
    except Kept as kept:
        named = ", ".join(kept.named)
        print(
            printable(f"{IN_THE_WAY[kept.because].format(named=named)} Nothing was erased."), file=sys.stderr
        )
        return NOTHING
    _say(_told(done, args.yes))
    _say(_again("erase", besides))
    if args.yes:
        with store.read() as session, as_it_lies(session):
            _say(_perhaps(standing(session, done.words)))
    return 0


def _forget(
    session: Session, found: Found, args: argparse.Namespace, because: str, store: Store
) -> Forgotten:
    also = tuple(args.also)
    if not args.yes:
        return meant(session, found, also).told
    return forget(session, found, because=because, by=args.by, also=also, now=store.now())


def _nobody(who: str) -> int:
    print(printable(f"Nobody is known as {who[:80]}. Nothing was changed."), file=sys.stderr)
    return NOTHING


def _told(done: Forgotten, yes: bool) -> Iterable[str]:
    yield f"In their place stands: {done.label}." if yes else "A pseudonym would stand in their place:"
    yield from (f"  {table}: {number} rows" for table, number in done.rows.items())
    if done.lines:
        yield f"  the trail: texts of lines {', '.join(map(str, done.lines))}"
    yield from (f"  stays as it is: {place}" for place in done.left)
    yield (
        f"The trail stays whole; `steward verify` says what it can no longer prove. {ELSEWHERE}"
        if yes
        else "Nothing was erased. It cannot be undone: to do it, say --yes. Until it is done, clicks in Slack wait or "
        "are asked to come again (the whole register is held against the trail): choose a quiet hour."
    )


def _again(wish: str, besides: Iterable[str]) -> Iterable[str]:
    yield from (
        f"In another workspace the same person is known as {id}, which is a record of its own: also run "
        f"`steward person {wish} {id}`."
        for id in besides
    )


def _perhaps(stands: dict[str, int]) -> Iterable[str]:
    if stands:
        yield "Parts of the name still stand here, and may be theirs or another's; look, and use `steward erase`:"
        yield from (f"  {place} ({number})" for place, number in stands.items())


def _say(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(printable(sentence))
