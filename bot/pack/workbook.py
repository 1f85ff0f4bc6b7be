"""The register as a workbook: text in every cell, so that nothing in it is ever run."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.extract import to_cells, would_run

ROWS, SIGNS = 1_048_576, 32_767
"""What a sheet holds at most, and a cell of it."""
CUT = " … (cut; whole in data/{name}.jsonl)"
MADE = datetime(1980, 1, 1)  # noqa: DTZ001 (of no zone: a workbook has none)
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML may hold."""
WIDTHS = {
    **dict.fromkeys(("ref", "use"), 16),
    **dict.fromkeys(("title", "reason", "text", "means", "says"), 44),
    **dict.fromkeys(("what", "next", "link"), 60),
    "id": 14,
    "at": 26,
}
USUAL = 18
A4 = 9
"""As a workbook numbers papers."""


class Workbook:
    """Grows on disk below `folder` and is whole once it was closed."""

    def __init__(self, folder: Path) -> None:
        import xlsxwriter  # late: only a pack needs it

        folder.mkdir(mode=0o700)
        self._folder, self._grown = folder, folder / "grown.xlsx"
        self._book = xlsxwriter.Workbook(
            str(self._grown), {"constant_memory": True, "tmpdir": str(folder), "use_zip64": True}
        )
        self._book.set_properties({"title": "AI register", "created": MADE})
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        shown = {"text_wrap": True, "valign": "top"}
        self._cell = self._book.add_format(shown)
        self._quoted = self._book.add_format({**shown, "quote_prefix": True})

    def sheet(self, name: str, columns: tuple[str, ...]) -> Sheet:
        return Sheet(self, name, columns)

    def begin(self, name: str, columns: tuple[str, ...]) -> Any:
        page = self._book.add_worksheet(name)
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        for number, column in enumerate(columns):
            page.set_column(number, number, WIDTHS.get(column, USUAL), self._cell)
            page.write_string(0, number, column, self._head)
        return page

    def style(self, text: str) -> Any:
        """Whoever edits such a cell and leaves it would else turn its text into a formula."""
        return self._quoted if would_run(text) else None

    def close(self) -> Path:
        """Stored as it is: packed, its bytes would be those of one version of zlib."""
        if not self._book.worksheets():
            self._book.add_worksheet("empty")
        self._book.close()
        whole = self._folder / "register.xlsx"
        with zipfile.ZipFile(self._grown) as grown, zipfile.ZipFile(whole, "w") as stored:
            for part in grown.infolist():
                again = zipfile.ZipInfo(part.filename, date_time=(1980, 1, 1, 0, 0, 0))
                again.file_size = part.file_size
                with grown.open(part) as read, stored.open(again, "w") as write:
                    shutil.copyfileobj(read, write, 1 << 20)
        self._grown.unlink()
        return whole


class Sheet:
    """One table; where a sheet is full, another one goes on."""

    def __init__(self, book: Workbook, name: str, columns: tuple[str, ...]) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._number, self._row = 1, 1
        self._page = book.begin(name, columns)

    def put(self, record: Mapping[str, Any]) -> None:
        if self._row == ROWS:
            self._number, self._row = self._number + 1, 1
            self._page = self._book.begin(f"{self._name} {self._number}", self._columns)
        for number, text in enumerate(to_cells(record, self._columns)):
            if text:
                self._page.write_string(self._row, number, self._fit(text), self._book.style(text))
        self._row += 1

    def _fit(self, text: str) -> str:
        clean = ILLEGAL.sub("\ufffd", text.encode("utf-8", "replace").decode())
        if len(clean.encode("utf-16-le")) // 2 <= SIGNS:
            return clean
        note = CUT.format(name=self._name)
        return clean.encode("utf-16-le")[: (SIGNS - len(note)) * 2].decode("utf-16-le", "ignore") + note
