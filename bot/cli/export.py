"""`steward export`: the register and the audit trail as files, with the SHA-256 of each."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from bot.archive import LAST, Archive, whole
from bot.cli.days import add_day, end_of
from bot.cli.pulse import at_work
from bot.cli.starting import utc_now
from bot.evidence_found import NOT_OF_THEN
from bot.extract import Plain
from bot.library import library
from bot.proof import prove
from bot.settings import Settings
from bot.snapshot import Snapshot
from intake.source import printable
from store.engine import Store
from store.legible import as_it_lies
from store.sessions import Session

BROKEN = 1
OF_NOW = "the whole database at this moment; `head` and `audit_lines` are those of the files"
COUNTED = {"uses": "uses", "decisions": "decisions", "audit_lines": "lines of the trail"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("json", "csv"), required=True, help="of uses and decisions")
    parser.add_argument("--out", metavar="DIR", required=True, help="a new or empty folder")
    parser.add_argument("--force", action="store_true", help="replace the files of an earlier export in DIR")
    parser.add_argument(
        "--with-names",
        action="store_true",
        help="add people.json or people.csv; without it, people are opaque ids",
    )
    parser.add_argument(
        "--confidential",
        action="store_true",
        help="confidential uses whole; without it, of each only its reference and its tier",
    )
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    folder = Path(args.out)
    store = Store(settings.database_url, now=utc_now)
    try:
        if folder.exists() and not args.force and any(folder.iterdir()):
            print(
                f"{folder} is not empty. Name a new folder, or add --force to replace an export in it.",
                file=sys.stderr,
            )
            return 2
        with store.read() as session, as_it_lies(session), whole(folder) as partial, at_work("Exporting"):
            written = _write(Archive(partial, args.format), session, args)
    except OSError as error:
        print(
            f"{folder} cannot be written: {error.strerror}. Nothing of the export was kept.", file=sys.stderr
        )
        return 2
    finally:
        store.close()
    counts = (f"{written[name]} {word}" for name, word in COUNTED.items())
    print(f"{', '.join(counts)} in {folder}, head {written['head']}")
    for name in written["unreadable"]:
        print(printable(f"{name} cannot be read and was left out."), file=sys.stderr)
    if written["proof"]["ok"]:
        return 0
    print(
        f"The files do not prove what they say ({written['proof']['found']}). Run `steward verify`.",
        file=sys.stderr,
    )
    return BROKEN


def _write(archive: Archive, session: Session, args: argparse.Namespace) -> Plain:
    """Returns the manifest."""
    day: date | None = args.as_of
    until = end_of(day, session) if day else None
    told = Snapshot(archive, session, until, whole=args.confidential).write(with_names=args.with_names)
    form, proof, made_at = library().form, prove(session), utc_now().isoformat()
    manifest = {
        "made_at": made_at,
        "as_of": day.isoformat() if day else None,
        **told,
        "proof": {"of": OF_NOW, "at": made_at, "ok": proof.ok, "found": str(proof)},
        "left_out": NOT_OF_THEN if day else {},
        "form": {"id": form.id, "version": form.version, "digest": form.digest},
        "files": dict(archive.files),
    }
    with archive.file(LAST) as put:
        put(json.dumps(manifest, indent=2) + "\n")
    return manifest
