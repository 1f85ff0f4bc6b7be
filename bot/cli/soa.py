"""`steward soa`: which controls apply, why, how they are met and what shows it; of any day, and as it was approved."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bot.applicability import Named, row
from bot.cli.days import add_day, end_of
from bot.cli.starting import utc_now
from bot.settings import Settings
from bot.soafile import FORMATS, plain, row_as_text, written
from bot.words import Words
from intake.source import printable
from store.engine import Store
from store.sessions import Session
from triage.aims.applied import Statement


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=("show",), help="one control alone")
    parser.add_argument("control", nargs="?", help="its number or name, such as A.5.2")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--out", type=Path, metavar="FILE", help="into a file instead of the terminal")
    when = parser.add_mutually_exclusive_group()
    when.add_argument("--version", type=int, metavar="N", help="as top management approved it the Nth time")
    add_day(when)


def run(args: argparse.Namespace, settings: Settings) -> int:
    from bot.config import current

    if (args.what is None) != (args.control is None):
        print("Say which control: steward soa show A.5.2", file=sys.stderr)
        return 2
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            config = current(session)
            words = Words(config.language, config.timezone)
            made = _statement(session, args)
            if made is None:
                return _no_version(session, args.version)
            named, when = _named(session, made), _when(session, words, args)
    finally:
        store.close()
    if args.control:
        return _show(args, words, made, named)
    return _write(args.out, written(words, made, named, args.format, when))


def _statement(session: Session, args: argparse.Namespace) -> Statement | None:
    from bot.applied import found
    from bot.config import current
    from store import applicability, coverage

    if args.version is not None:
        return applicability.version(session, args.version)
    until = end_of(args.as_of, session) if args.as_of else None
    return found(session, coverage.covered(session, current(session).timezone, until), until)


def _named(session: Session, made: Statement) -> Named:
    from bot.applied import named
    from store import people

    return named(session, made, people.names(session))


def _show(args: argparse.Namespace, words: Words, made: Statement, named: Named) -> int:
    found = made.row(args.control.strip())
    if found is None:
        known = ", ".join(each.control for each in made.rows)
        print(
            f"There is no control {printable(args.control)[:60]!r} here. There are {printable(known)}.",
            file=sys.stderr,
        )
        return 1
    if args.format == "json":
        return _write(args.out, json.dumps(plain(words, found, named), indent=1, ensure_ascii=True))
    if args.format != "text":
        print("One control is shown as text or as json.", file=sys.stderr)
        return 2
    about = [found.summary, ""] if found.summary else []
    return _write(args.out, "\n".join([*about, *row_as_text(words, row(words, found, named))]))


def _when(session: Session, words: Words, args: argparse.Namespace) -> str:
    from bot.applied import judged

    if args.version is not None:
        return words.label("soa.version", number=args.version)
    if not args.as_of:
        return ""
    return f"{words.label('soa.as_of', day=words.day(args.as_of))}. {judged(session, words)}"


def _no_version(session: Session, number: int) -> int:
    from store import applicability

    known = len(applicability.versions(session))
    there = f"There are {known}." if known else "Top management has approved none yet."
    print(f"There is no version {number}. {there}", file=sys.stderr)
    return 1


def _write(out: Path | None, text: str) -> int:
    if out is None:
        print(text)
        return 0
    try:
        out.write_text(text if text.endswith("\n") else f"{text}\n", encoding="utf-8", newline="")
    except OSError as error:
        print(f"{out} cannot be written: {error.strerror}.", file=sys.stderr)
        return 2
    return 0
