"""The files of a pack while they grow: each table as lines of JSON, as CSV, and some in the workbook."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.archive import Archive
from bot.extract import END_OF_ROW, Plain, to_row
from bot.pack.workbook import Workbook
from intake.steering import to_json

BULKY = {"uses": ("facts", "results", "decisions")}
"""Cells that hold whole objects: they are in the lines of JSON, and in tables of their own."""
LINES_ONLY = frozenset({"results", "wordings", "questionnaires"})
"""Tables of such cells alone."""
SHEETS = frozenset(
    {
        *("gaps", "coverage", "applicability", "uses", "decisions", "conditions", "reviews", "incidents"),
        "incident_clocks",
        *("incident_steps", "risks", "aims", "calendar", "links"),
        *("suppliers", "scope", "frameworks", "trained", "acknowledged"),
        *("deployments", "readings", "attachments"),
    }
)
"""What the workbook holds, so that it can be opened at any size."""
TOP = ("audit.jsonl", "texts.jsonl")


@contextmanager
def workroom(folder: Path) -> Iterator[Path]:
    """For what waits on disk; whatever happens, nothing of it stays."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Papers(Archive):
    """In the place of an export's folder; `tick` is called for each line of the trail."""

    def __init__(self, folder: Path, workbook: Workbook, tick: Callable[[], object] = lambda: None) -> None:
        super().__init__(folder, "json")
        self._folder, self._workbook, self.tick = folder, workbook, tick
        self.see: Callable[[str, Plain], object] = lambda name, record: None
        """Is shown each row of each table."""
        for name in ("data", "tables", "wordings"):
            (folder / name).mkdir(mode=0o700)

    @contextmanager
    def table(self, name: str, columns: tuple[str, ...]) -> Iterator[Callable[[Plain], None]]:
        plain = tuple(column for column in columns if column not in BULKY.get(name, ()))
        with self._opened(f"data/{name}.jsonl") as line, self._csv(name, plain) as row:
            sheet = self._workbook.sheet(name, plain) if name in SHEETS else None

            def put(record: Plain) -> None:
                self.see(name, record)
                line(to_json(record, sort_keys=True) + "\n")  # databases keep keys in orders of their own
                row(record)
                if sheet is not None:
                    sheet.put(record)

            yield put

    @contextmanager
    def file(self, name: str) -> Iterator[Callable[[str], None]]:
        folder = "" if name in TOP else "wordings/" if name.endswith(".yaml") else "data/"
        with self._opened(folder + name) as put:
            yield self._ticking(put) if name == TOP[0] else put

    def _ticking(self, put: Callable[[str], None]) -> Callable[[str], None]:
        def ticked(text: str) -> None:
            put(text)
            self.tick()

        return ticked

    @contextmanager
    def _csv(self, name: str, columns: tuple[str, ...]) -> Iterator[Callable[[Plain], None]]:
        if name in LINES_ONLY:
            yield lambda record: None
            return
        with self._opened(f"tables/{name}.csv") as put:
            put(",".join(columns) + END_OF_ROW)
            yield lambda record: put(to_row(record, columns))

    @contextmanager
    def _opened(self, name: str) -> Iterator[Callable[[str], None]]:
        path = self._folder / name
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:

            def put(text: str) -> None:
                stream.write(text.encode("utf-8", "replace"))

            yield put

    def written(self) -> Iterator[tuple[str, Path]]:
        """Each by its name in the pack."""
        for path in sorted(self._folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(self._folder).as_posix(), path
