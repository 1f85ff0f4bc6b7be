"""Rows of CSV: an open quotation mark joins lines, and where that leads nowhere they are read one by one."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from bot.inventory.lines import Bad, Line, Lines, Row, to_text

LINES_OF_A_ROW = 200


def csv_rows(lines: Lines, names: Sequence[str], delimiter: str) -> Iterator[Row | Bad]:
    for start in lines:
        if start.raw.strip():
            yield _Reading(lines, names, delimiter).row(start)


class _Reading:
    """Of one row; `taken` are the lines it spans."""

    def __init__(self, lines: Lines, names: Sequence[str], delimiter: str) -> None:
        self._lines, self._names, self._delimiter = lines, names, delimiter
        self._taken: list[Line] = []

    def row(self, start: Line) -> Row | Bad:
        self._taken = [start]
        try:
            cells = self._cells()
        except ValueError as error:
            self._give_back()
            return Bad(start.number, str(error), len(start.raw))
        if len(cells) != len(self._names):
            if self._swallowed_a_row():
                self._give_back()
            problem = f"has {len(cells)} cells, and the first line names {len(self._names)} columns"
            return Bad(start.number, problem, self._size())
        return Row(start.number, dict(zip(self._names, cells, strict=True)), self._size())

    def _cells(self) -> list[str]:
        while (cells := _split([to_text(line.raw) for line in self._taken], self._delimiter)) is None:
            more = self._lines.next() if len(self._taken) < LINES_OF_A_ROW else None
            if more is None:
                raise ValueError("opens a quotation mark that is never closed")
            self._taken.append(more)
        return cells

    def _give_back(self) -> None:
        self._lines.put_back(self._taken[1:])
        self._taken = self._taken[:1]

    def _swallowed_a_row(self) -> bool:
        """Whether one of the lines that were joined is a whole row by itself."""
        singles = (_split([to_text(line.raw)], self._delimiter, strict=False) for line in self._taken[1:])
        return any(cells is not None and len(cells) == len(self._names) for cells in singles)

    def _size(self) -> int:
        return sum(len(line.raw) for line in self._taken)


def _split(parts: list[str], delimiter: str, *, strict: bool = True) -> list[str] | None:
    """The cells of one row; None while a quotation mark is open."""
    try:
        return next(csv.reader(parts, delimiter=delimiter, strict=strict), [])
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return None
        raise ValueError(f"is not valid CSV ({error})") from error


def column_names(header: str, delimiter: str) -> list[str]:
    """The names in the first line, if they were parted by `delimiter`."""
    try:
        return [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    except csv.Error:
        return []
