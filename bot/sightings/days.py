"""The day of a cell, however a log writes its moments; what can be read in two ways is no day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
NAMED = re.compile(
    r"(?:\w{3},? )?(?:(\d{1,2})[ -])?([A-Za-z]{3,9})\.?[ -](?:(\d{1,2}),? )?(?:[\d:]+ )?(?:\w{3,4} )?(\d{4})"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}|\d{16}")


@lru_cache(maxsize=10_000)
def day_of(cell: str) -> date | None:
    """Of "2026-11-30T09:00Z", "30.11.2026", "Mon Nov 30 09:00:00 2026" or seconds since 1970; never of "03/04/2026"."""
    text = cell.strip()
    try:
        if found := ISO.match(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := NUMBERS.match(text):
            return _in_order(int(found[1]), int(found[2]), int(found[3]), dotted="." in found[0])
        if found := NAMED.match(text):
            return _named(found)
        if EPOCH.fullmatch(text):
            return datetime.fromtimestamp(float(text[:10]), UTC).date()
    except (ValueError, OverflowError):
        return None
    return None


def _in_order(first: int, second: int, year: int, *, dotted: bool) -> date | None:
    """With full stops the day stands first; with strokes only where one of the two can be no month."""
    if dotted or first > 12 or first == second:
        return date(year, second, first)
    return date(year, first, second) if second > 12 else None


def _named(found: re.Match[str]) -> date | None:
    day, month = found[1] or found[3], found[2][:3].lower()
    return date(int(found[4]), MONTHS.index(month) + 1, int(day)) if day and month in MONTHS else None
