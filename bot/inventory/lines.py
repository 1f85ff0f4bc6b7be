"""Lines of a file as text, with their numbers, and what a reader of rows makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

LONGEST_LINE = 1_000_000


class Row(NamedTuple):
    """`line` is where it begins, counted from 1; `size` the bytes it takes in the file."""

    line: int
    cells: Mapping[str, str]
    size: int


class Bad(NamedTuple):
    line: int
    problem: str
    size: int


class Line(NamedTuple):
    number: int
    raw: bytes


class Lines:
    """Lines that can be put back, to be read in another way."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = enumerate(lines, 1)
        self._back: list[Line] = []

    def __iter__(self) -> Iterator[Line]:
        while (line := self.next()) is not None:
            yield line

    def next(self) -> Line | None:
        if self._back:
            return self._back.pop()
        found = next(self._lines, None)
        return None if found is None else Line(*found)

    def put_back(self, lines: list[Line]) -> None:
        self._back += reversed(lines)


def to_text(raw: bytes) -> str:
    """ValueError says what is wrong with the line."""
    if len(raw) > LONGEST_LINE:
        raise ValueError(f"is longer than {LONGEST_LINE:,} bytes")
    try:
        return clean(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 at byte {error.start + 1}") from error


def clean(text: str) -> str:
    """Refuses what no database takes: NUL, and halves of characters."""
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("holds a NUL or half a character")
    return text
