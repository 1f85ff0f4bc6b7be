"""Reads millions of rows: whole blocks of sound lines at once, and a damaged line by itself, told by its number."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Any, NamedTuple

from bot.inventory.delimited import column_names, csv_rows
from bot.inventory.lines import LONGEST_LINE, Bad, Line, Lines, clean
from bot.inventory.rows import DELIMITERS, Unreadable, body_of
from bot.sightings.headings import HEADINGS
from bot.sightings.plan import Kind, Plan, plan_for

AT_ONCE = 2_000
"""Lines of one block."""
FIELDS = tuple(HEADINGS)
Cells = Sequence[str]
"""One row, in the order of the plan's columns."""


class Block(NamedTuple):
    """Rows that were read together; `size` the bytes they take in the file."""

    rows: Sequence[Cells]
    refused: Sequence[Bad]
    size: int


class Read(NamedTuple):
    plan: Plan
    blocks: Iterator[Block]


def read_sightings(
    lines: Iterable[bytes], *, said: Mapping[str, str] | None = None, kind: Kind | None = None
) -> Read:
    """Unreadable before the first row where the file as a whole is not what it should be."""
    source = iter(lines)
    first = next(source, b"")
    body = body_of(first, "read")
    if body.lstrip().startswith(b"{"):
        return _json(body, source, said, kind)
    header = body.decode("utf-8", "replace").strip("\r\n")
    names, delimiter = max(
        ((column_names(header, d), d) for d in DELIMITERS), key=lambda found: len(found[0])
    )
    plan = plan_for(names, said=said, kind=kind)
    return Read(plan, _csv(source, names, delimiter, plan, len(first)))


def _csv(
    source: Iterator[bytes], names: Sequence[str], delimiter: str, plan: Plan, header: int
) -> Iterator[Block]:
    pick = picker([names.index(column) for column in plan.columns.values()])
    number, ahead = 2, header
    while raw := list(islice(source, AT_ONCE)):
        size, ahead = ahead + sum(map(len, raw)), 0
        if (rows := _sound(raw, delimiter, len(names))) is not None:
            yield Block(list(map(pick, rows)), (), size)
            number += len(raw)
            continue
        found, refused, more = _one_by_one(raw, source, names, delimiter, number)
        yield Block(list(map(pick, found)), refused, size + sum(map(len, more)))
        number += len(raw) + len(more)


def picker(at: Sequence[int]) -> Callable[[Cells], Cells]:
    """Those of a row's cells, as a tuple, also where it is one."""
    if len(at) == 1:
        only = at[0]
        return lambda row: (row[only],)
    return itemgetter(*at)


def _sound(raw: Sequence[bytes], delimiter: str, width: int) -> list[list[str]] | None:
    """The rows, if each line is one with as many cells as there are columns; else None."""
    try:
        text = [line.decode("utf-8") for line in raw]
        rows = list(csv.reader(text, delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error):
        return None
    if len(rows) != len(raw) or any("\0" in line for line in text):
        return None
    return rows if all(len(row) == width for row in rows) else None


def _one_by_one(
    raw: Sequence[bytes], source: Iterator[bytes], names: Sequence[str], delimiter: str, number: int
) -> tuple[list[list[str]], list[Bad], list[bytes]]:
    """The rows, the damaged lines, and what was read beyond the block by a row that ends behind it."""
    more: list[bytes] = []

    def beyond() -> Iterator[bytes]:
        for line in source:
            more.append(line)
            yield line

    rows: list[list[str]] = []
    refused: list[Bad] = []
    for row in csv_rows(_Until(chain(raw, beyond()), len(raw)), names, delimiter):
        if isinstance(row, Bad):
            refused.append(row._replace(line=row.line + number - 1))
        else:
            rows.append([row.cells[name] for name in names])
    return rows, refused, more


class _Until(Lines):
    """Rows that begin within the block; one of them may end behind it, and what it gave back is read as well."""

    def __init__(self, lines: Iterator[bytes], last: int) -> None:
        super().__init__(lines)
        self._taken, self._last = 0, last

    def __iter__(self) -> Iterator[Line]:
        while (self._back or self._taken < self._last) and (line := self.next()) is not None:
            yield line

    def next(self) -> Line | None:
        line = super().next()
        self._taken = max(self._taken, line.number) if line else self._taken
        return line


def _json(first: bytes, source: Iterator[bytes], said: Mapping[str, str] | None, kind: Kind | None) -> Read:
    try:
        known = list(dict.fromkeys(_flat(_object(first))))
    except (ValueError, RecursionError) as error:
        mend = "Write one object in each line (JSON lines)."
        raise Unreadable(f"The first line is no JSON object. {mend}") from error
    plan = plan_for(known, said=said, kind=kind)
    return Read(plan, _objects(chain([first], source), plan))


def _objects(source: Iterator[bytes], plan: Plan) -> Iterator[Block]:
    getters = [_getter(column.split(".")) for column in plan.columns.values()]
    number = 1
    while raw := list(islice(source, AT_ONCE)):
        rows: list[Cells] = []
        refused: list[Bad] = []
        for at, line in enumerate(raw):
            try:
                if line.strip():
                    found = _object(line)
                    rows.append([get(found) for get in getters])
            except ValueError as error:
                refused.append(Bad(number + at, str(error), len(line)))
            except RecursionError:
                refused.append(Bad(number + at, "holds lists too deep to be read", len(line)))
        yield Block(rows, refused, sum(map(len, raw)))
        number += len(raw)


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise ValueError(f"is longer than {LONGEST_LINE:,} bytes")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("is not JSON") from error
    if not isinstance(found, dict):
        raise ValueError("is not a JSON object")
    if b"\\u" in line:  # the one way in which half a character can come
        clean(json.dumps(found, ensure_ascii=False).replace("\\u0000", "\0"))
    return found


def _flat(value: Any, name: str = "") -> Iterator[str]:
    """The names of all that an object holds: "actor.email", also through lists."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from _flat(value[0], name)
    elif name:
        yield name


def _getter(path: Sequence[str]) -> Callable[[Any], str]:
    """The text at a path; several in lists by line breaks; "" where there is nothing."""
    if len(path) == 1:
        only = path[0]
        return lambda found: _text(found.get(only))
    return lambda found: _text(_at(found, path))


def _at(value: Any, path: Sequence[str]) -> Any:
    for at, key in enumerate(path):
        if isinstance(value, list):
            return [_at(each, path[at:]) for each in value]
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(filter(None, map(_text, value)))
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
