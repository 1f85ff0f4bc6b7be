"""Reads inventories, CSV or JSON lines: a damaged line is told by its number, and the rest is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from bot.inventory.delimited import column_names, csv_rows
from bot.inventory.lines import Bad, Lines, Row, clean, to_text
from intake.source import did_you_mean

DELIMITERS = (",", ";", "\t")
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Unreadable(Exception):
    """Why the whole file cannot be read, and what to do."""


def body_of(first: bytes, then: str) -> bytes:
    """The first line without its mark; Unreadable for another kind of file. `then`: what is done with a good one."""
    if first.startswith(SPREADSHEETS):
        raise Unreadable(f"This is a spreadsheet file. Save the sheet as CSV (UTF-8), then {then} that.")
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"This file is UTF-16, not UTF-8. Save it as CSV (UTF-8), then {then} that.")
    body = first.removeprefix(b"\xef\xbb\xbf")
    if not body.strip():
        raise Unreadable(
            "The file is empty, or begins with an empty line. Its first line must name the columns."
        )
    if body.lstrip().startswith(b"["):
        raise Unreadable("This is one JSON list. Write one object in each line instead (JSON lines).")
    return body


def read_rows(lines: Iterable[bytes], needed: frozenset[str]) -> Iterator[Row | Bad]:
    """Raises Unreadable before the first row where the file as a whole is not what it should be."""
    source = iter(lines)
    first = next((line for line in source), b"")
    body = body_of(first, "import")
    if body.lstrip().startswith(b"{"):
        return _json_rows(Lines(chain([body], source)), needed)
    try:
        header = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"The line of column names is not UTF-8 at byte {error.start + 1}. Save the file as CSV (UTF-8)."
        ) from error
    names, delimiter = _columns(header, needed)
    body_lines = Lines(chain([first], source))
    body_lines.next()
    return csv_rows(body_lines, names, delimiter)


def _columns(header: str, needed: frozenset[str]) -> tuple[list[str], str]:
    """The names and what stands between them; the needed ones must all be there, once."""
    best: list[str] = []
    for delimiter in DELIMITERS:
        names = column_names(header, delimiter)
        if needed <= set(names):
            if twice := sorted(name for name in needed if names.count(name) > 1):
                raise Unreadable(f"The column `{twice[0]}` stands there twice. Rename or remove one of them.")
            return names, delimiter
        best = max(best, names, key=lambda found: len(needed & set(found)))
    missing = sorted(needed - set(best))
    raise Unreadable(
        f"The first line lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}. "
        f"{did_you_mean(missing[0], [name for name in best if name])} Or choose another map."
    )


def _json_rows(lines: Lines, needed: frozenset[str]) -> Iterator[Row | Bad]:
    for number, raw in lines:
        if not raw.strip():
            continue
        try:
            cells = _object(to_text(raw))
        except ValueError as error:
            yield Bad(number, str(error), len(raw))
            continue
        yield Row(number, {name: cells.get(name, "") for name in needed}, len(raw))


def _object(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" ({error.msg})" if isinstance(error, json.JSONDecodeError) else ""
        raise ValueError(f"is not JSON{where}") from error
    if not isinstance(found, dict):
        raise ValueError("is not a JSON object")
    return {name: _cell(name, value) for name, value in found.items()}


def _cell(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return clean(value)
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return str(value)
        case list() if all(isinstance(part, str) for part in value):
            return clean("; ".join(value))
    raise ValueError(f"holds something other than a text, a number or a list of texts in `{name[:60]}`")
