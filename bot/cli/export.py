"""`steward export`: uses, decisions and the audit trail as files, with the SHA-256 of each."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.cli.starting import utc_now
from bot.extract import (
    DECISION_COLUMNS,
    END_OF_ROW,
    PERSON_COLUMNS,
    USE_COLUMNS,
    Plain,
    to_decision,
    to_question,
    to_row,
    to_use,
)
from bot.library import library
from bot.settings import Settings
from store import audit, extract
from store.engine import Store
from store.sessions import Session
from store.trail import FIRST
from store.trail import read as read_line

PARTIAL = ".partial"
"""Where files grow until all of them are whole."""

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
        with store.read() as session, _whole(folder) as partial:
            manifest = _Export(partial, args.format).write(session, with_names=args.with_names)
    except OSError as error:
        print(
            f"{folder} cannot be written: {error.strerror}. Nothing of the export was kept.", file=sys.stderr
        )
        return 2
    finally:
        store.close()
    counts = (f"{manifest[name]} {word}" for name, word in COUNTED.items())
    print(f"{', '.join(counts)} in {folder}, head {manifest['head']}")
    return 0


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """A folder beside the target's files, whose files take their places only once all are written."""
    partial = folder / PARTIAL
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True, mode=0o700)
    try:
        yield partial
        for file in sorted(partial.iterdir(), key=lambda file: file.name == "manifest.json"):
            file.replace(folder / file.name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


class _Export:
    def __init__(self, folder: Path, form: str) -> None:
        self._folder, self._form = folder, form
        self._files: dict[str, Plain] = {}

    def write(self, session: Session, *, with_names: bool) -> Plain:
        """Everything from one snapshot, so that register and trail fit together; returns the manifest."""
        form = library().form
        with (
            self._table("uses", USE_COLUMNS) as use,
            self._table("decisions", DECISION_COLUMNS) as decided,
            self._file("judge.jsonl") as replay,
        ):
            uses = decisions = 0
            for case in extract.cases(session):
                use(to_use(case, form))
                uses += 1
                if (question := to_question(case, form)) is not None:
                    replay(json.dumps(question, ensure_ascii=False) + "\n")
                for decision in case.decisions:
                    decided(to_decision(decision, case))
                    decisions += 1
        lines, head = self._trail(audit.sealed_lines(session))
        if with_names:
            with self._table("people", PERSON_COLUMNS) as known:
                for person in extract.names(session):
                    known(dict(zip(PERSON_COLUMNS, person, strict=True)))
        manifest = {
            "made_at": utc_now().isoformat(),
            "uses": uses,
            "decisions": decisions,
            "audit_lines": lines,
            "head": head,
            "form": {"id": form.id, "version": form.version, "digest": form.digest},
            "files": dict(self._files),
        }
        with self._file("manifest.json") as put:
            put(json.dumps(manifest, indent=2) + "\n")
        return manifest

    def _trail(self, lines: Iterable[str]) -> tuple[int, str]:
        number, last = 0, ""
        with self._file("audit.jsonl") as put:
            for last in lines:
                number += 1
                put(last + "\n")
        return number, read_line(last).seal if number else FIRST

    @contextmanager
    def _table(self, name: str, columns: tuple[str, ...]) -> Iterator[Callable[[Plain], None]]:
        if self._form == "csv":
            with self._file(f"{name}.csv") as put:
                put(",".join(columns) + END_OF_ROW)
                yield lambda record: put(to_row(record, columns))
            return
        with self._file(f"{name}.json") as put:
            between = iter(["[\n"])
            yield lambda record: put(next(between, ",\n") + json.dumps(record, ensure_ascii=False))
            put(next(between, "\n").replace("[\n", "[") + "]\n")

    @contextmanager
    def _file(self, name: str) -> Iterator[Callable[[str], None]]:
        """Readable by its owner only: it holds what people said."""
        digest, size = hashlib.sha256(), 0

        def put(text: str) -> None:
            nonlocal size
            body = text.encode("utf-8", "replace")
            digest.update(body)
            size += len(body)
            stream.write(body)

        with open(os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            yield put
        self._files[name] = {"sha256": digest.hexdigest(), "bytes": size}
