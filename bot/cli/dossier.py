"""`steward dossier`: everything about one use on a few pages, for a customer, a tender or a court."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.cli.days import add_day, end_of
from bot.cli.starting import utc_now
from bot.cli.withheld import add_whole, tell, withheld
from bot.config import current
from bot.settings import Settings
from intake.source import printable
from store import dossier as kept_dossier
from store import queries
from store.engine import Store

NOT_FOUND = 1
ENDS = (".html", ".pdf")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ref", help="for instance AIU-2026-0001")
    parser.add_argument(
        "--for",
        dest="audience",
        choices=("inside", "outside"),
        default="inside",
        help="inside: with names and reasons; outside: people are roles, and internal words are left out",
    )
    parser.add_argument(
        "--out", metavar="FILE.html|FILE.pdf|DIR", required=True, help="a page, a PDF, or a folder for a page"
    )
    add_day(parser)
    add_whole(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    from bot.dossier.made import dossier
    from bot.dossier.page import as_html, file_name
    from bot.dossier.paper import as_pdf
    from bot.library import library
    from bot.words import Words

    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            if sentence := withheld(session, args):
                return tell(sentence)
            config = current(session)
            until = end_of(args.as_of, session) if args.as_of else None
            use = queries.id_of(session, args.ref)
            zone, whole = config.timezone, args.confidential
            kept = kept_dossier.kept(session, use, until, zone=zone, whole=whole) if use else None
    finally:
        store.close()
    if kept is None:
        when = f" on {args.as_of}" if args.as_of else ""
        print(f"The register knows no use {printable(args.ref)}{when}.", file=sys.stderr)
        return NOT_FOUND
    words, shelf = Words(config.language), library(config.language)
    as_of = args.as_of.isoformat() if args.as_of else ""
    made = dossier(kept, words, shelf.form, shelf.wording, args.audience, as_of=as_of)
    path = Path(args.out)
    target = path if path.suffix in ENDS else path / f"{file_name(made)}.html"
    try:
        _write(
            target, as_pdf(made, words, kept.at) if target.suffix == ".pdf" else as_html(made, words).encode()
        )
    except OSError as error:
        print(printable(f"{target} cannot be written: {error.strerror}."), file=sys.stderr)
        return 2
    counted = {"ref": made.ref, "sections": len(made.sections), "line": kept.head.seq}
    print(printable(words.label("dossier.command", out=str(target), **counted)))
    return 0


def _write(target: Path, body: bytes) -> None:
    """Readable by its owner only: it holds what people said."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    partial.write_bytes(body)
    partial.replace(target)
