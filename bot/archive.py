"""A folder of files, each with its SHA-256: tables as JSON or CSV, lines as they are; whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.extract import END_OF_ROW, Plain, to_row
from intake.steering import to_json

PARTIAL = ".partial"
"""Where files grow until all of them are whole."""

LAST = "manifest.json"


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A folder beside the target's files, whose files take their places only once all are written."""
    partial = folder / PARTIAL
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True, mode=0o700)
    try:
        yield partial
        for file in sorted(partial.iterdir(), key=lambda file: file.name == LAST):
            file.replace(folder / file.name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


class Archive:
    """`form` is that of the tables: json or csv; `files` says of each that was closed what it holds."""

    def __init__(self, folder: Path, form: str) -> None:
        self._folder, self._form = folder, form
        self.files: dict[str, Plain] = {}

    @contextmanager
    def table(self, name: str, columns: tuple[str, ...]) -> Iterator[Callable[[Plain], None]]:
        if self._form == "csv":
            with self.file(f"{name}.csv") as put:
                put(",".join(columns) + END_OF_ROW)
                yield lambda record: put(to_row(record, columns))
            return
        with self.file(f"{name}.json") as put:
            between = iter(["[\n"])
            yield lambda record: put(next(between, ",\n") + to_json(record))
            put(next(between, "\n").replace("[\n", "[") + "]\n")

    @contextmanager
    def file(self, name: str) -> Iterator[Callable[[str], None]]:
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
        self.files[name] = {"sha256": digest.hexdigest(), "bytes": size}
