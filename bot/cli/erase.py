"""`steward erase`: texts of the trail go, with their salts; that they went, and why, is sealed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from typing import TextIO

from bot.cli.starting import utc_now
from bot.settings import Settings
from intake.source import printable
from store import holds
from store.audit import HEAD
from store.content import RECORD
from store.engine import Store
from store.erasing import Erased, erase, standing
from store.legible import as_it_lies
from store.schema import check_current
from store.tables import PersonRow

NOTHING = 1
LONGEST = 500
PARTS = "Words of fewer than four letters, and the same said in other words, may still stand there."
HELD = "A legal hold keeps line {line}: {holds}. Two people lift it (`steward retention lift`). Nothing was erased."
ELSEWHERE = (
    "Not looked at, and not erased: Slack, exports, back-ups, attached files, and files of the database "
    "that hold what was deleted from it."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--line", type=_number, required=True, metavar="N", help="the line of the trail, its seq"
    )
    parser.add_argument(
        "--field",
        metavar="F",
        help=f"one text of it; without, all words in it, but not `{RECORD}` or settings, which prove the register",
    )
    parser.add_argument(
        "--because", required=True, metavar="TEXT", help="why; it is kept, so without the words"
    )
    parser.add_argument("--by", metavar="PERSON", help="who wants it so, by opaque id; without, an operator")


def _number(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**31:
        raise ValueError(text)
    return number


def run(args: argparse.Namespace, settings: Settings) -> int:
    because = args.because.encode("utf-8", "replace").decode().strip()
    if not 0 < len(because) <= LONGEST:
        print(
            f"--because needs a reason of at most {LONGEST} characters. Nothing was erased.", file=sys.stderr
        )
        return 2
    store = Store(settings.database_url, now=utc_now)
    try:
        check_current(store)
        with store.write() as session:
            if args.by is not None and session.get(PersonRow, args.by) is None:
                print(printable(f"There is no person {args.by[:60]}. Nothing was erased."), file=sys.stderr)
                return 2
            session.execute(HEAD)  # no hold is set between this look and what goes
            if held := holds.on_line(session, args.line):
                print(printable(HELD.format(line=args.line, holds=", ".join(held))), file=sys.stderr)
                return NOTHING
            found = erase(
                session, line=args.line, field=args.field, because=because, by=args.by, now=store.now()
            )
        _say(_told(args.line, found), file=sys.stdout if found.fields else sys.stderr)
        if not found.fields:
            return NOTHING
        with store.read() as session, as_it_lies(session):  # reads everything: others write meanwhile
            stands = standing(session, found.words)
    finally:
        store.close()
    _say(_where(stands), file=sys.stdout)
    return 0


def _say(sentences: Iterable[str], *, file: TextIO) -> None:
    for sentence in sentences:
        print(printable(sentence), file=file)


def _told(line: int, found: Erased) -> list[str]:
    left = f"Still kept of line {line}: {', '.join(found.left)}." if found.left else ""
    if not found.fields:
        return [f"Line {line} has no such text. Nothing was erased.", *([left] if left else [])]
    return [
        f"Erased from line {line}: {', '.join(found.fields)}. The trail stays whole.",
        *([left] if left else []),
    ]


def _where(stands: Mapping[str, int]) -> list[str]:
    if not stands:
        return ["The same words were not found elsewhere in the database, word for word.", PARTS, ELSEWHERE]
    told = [f"  {place} ({number})" for place, number in stands.items()]
    return ["The same words, or their beginning, still stand in:", *told, PARTS, ELSEWHERE]
