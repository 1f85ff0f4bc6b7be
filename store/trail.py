"""Sealing and checking lines of the audit trail: pure. The format is told in audit.py."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from intake.value import Value

FIRST = "0" * 64
"""What the first line calls its predecessor, and the head of an empty trail."""
MARK, CLOSE = ',"seal":"', '"}'
TAIL = len(MARK) + 64 + len(CLOSE)

Kind = Literal["changed", "missing", "swapped", "cut"]


class End(Value):
    """Where a trail is known to end: its number of lines and the seal of the last."""

    seq: int
    digest: str


class Verified(Value):
    """What the check of a whole trail found; `broken_at` is the first line that is not right."""

    ok: bool
    lines: int
    head: str
    broken_at: int | None = None
    kind: Kind | None = None

    def __str__(self) -> str:
        if self.ok:
            return f"ok {self.lines} lines head {self.head}"
        return f"broken at line {self.broken_at}: {self.kind}"


class Line(NamedTuple):
    """What a sealed line says of itself; `true` if its text is the text that was sealed."""

    true: bool
    seq: int
    previous: str
    seal: str


class Record(NamedTuple):
    """What a true line tells."""

    seq: int
    at: str
    what: str
    actor: str | None
    subject: tuple[str, str]
    detail: dict[str, Any]
    texts: dict[str, str]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def seal(record: dict[str, Any]) -> tuple[str, str]:
    """The line to store and its seal; ASCII only, so that no reader sees another line break in it."""
    body = json.dumps(record, sort_keys=True, separators=(",", ":"), allow_nan=False)
    digest = sha256(body)
    return body[:-1] + MARK + digest + CLOSE, digest


def read(sealed: str) -> Line:
    return _read(sealed)[0]


def _read(sealed: str) -> tuple[Line, dict[str, Any]]:
    """Together with all that it says, where it is true."""
    body, tail = sealed[:-TAIL] + "}", sealed[-TAIL:]
    digest = tail[len(MARK) : -len(CLOSE)]
    if tail != MARK + digest + CLOSE or sha256(body) != digest:
        return Line(False, 0, "", digest), {}
    try:
        record = json.loads(body)
        seq, previous = record["seq"], record["previous"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return Line(False, 0, "", digest), {}
    if type(seq) is not int or not isinstance(previous, str):
        return Line(False, 0, "", digest), {}
    return Line(True, seq, previous, digest), record


def record_of(sealed: str) -> Record | None:
    """None for a line that is not what was sealed, or tells nothing of the shape that lines have."""
    line, told = _read(sealed)
    if not line.true:
        return None
    subject, actor = told.get("subject"), told.get("actor")
    if not isinstance(subject, list) or [type(part) for part in subject] != [str, str]:
        return None
    shapes = {"at": str, "what": str, "detail": dict, "texts": dict}
    if any(not isinstance(told.get(name), shape) for name, shape in shapes.items()):
        return None
    if not isinstance(actor, str | None):
        return None
    kind, id = subject
    return Record(told["seq"], told["at"], told["what"], actor, (kind, id), told["detail"], told["texts"])


def verify(sealed: Iterable[str], *, end: End | None = None, anchor: str | None = None) -> Verified:
    """Checks a whole trail in order.

    `end` is where it must end (the database keeps it beside the lines), `anchor` a head printed at an
    earlier check: it must still be among the seals. Without either, lines cut off the end are not missed.
    """
    lines = [read(text) for text in sealed]
    head = lines[-1].seal if lines else FIRST
    fault = _fault(lines, end) or _end_fault(lines, end)
    if fault is None and anchor is not None and anchor not in {FIRST, *(line.seal for line in lines)}:
        fault = (len(lines) + 1, "cut")
    if fault is None:
        return Verified(ok=True, lines=len(lines), head=head)
    return Verified(ok=False, lines=len(lines), head=head, broken_at=fault[0], kind=fault[1])


def verify_export(body: bytes, *, end: End | None = None, anchor: str | None = None) -> Verified:
    """Checks an exported audit.jsonl; a last line that stops half way was cut, not changed."""
    lines = body.decode("utf-8", "replace").split("\n")
    unfinished = lines.pop() if lines else ""
    if unfinished:
        lines.append(unfinished)
    found = verify(lines, end=end, anchor=anchor)
    if unfinished and found.broken_at == len(lines) and not read(unfinished).true:
        return found.model_copy(update={"kind": "cut"})
    return found


def _fault(lines: Sequence[Line], end: End | None) -> tuple[int, Kind] | None:
    places = {line.seq for line in lines if line.true}
    before = FIRST
    for number, line in enumerate(lines, start=1):
        if not line.true:
            return number, "changed"
        if line.seq != number:
            return number, _misplaced(number, line, places)
        if line.previous != before:
            return _who_broke_the_link(lines, number, end), "changed"
        before = line.seal
    return None


def _misplaced(number: int, line: Line, places: set[int]) -> Kind:
    if line.seq < number:  # the lines before were in order: this one is a copy, put in
        return "changed"
    if number in places:
        return "swapped"
    return "cut" if number == 1 else "missing"


def _who_broke_the_link(lines: Sequence[Line], number: int, end: End | None) -> int:
    """A line and the one before do not fit, and both are sealed: the one whose other link fails too is it."""
    if number == 1:
        return 1
    line = lines[number - 1]
    if number < len(lines):
        after_fits = lines[number].previous == line.seal
    else:
        after_fits = end is None or end.digest == line.seal
    return number - 1 if after_fits else number


def _end_fault(lines: Sequence[Line], end: End | None) -> tuple[int, Kind] | None:
    if end is None:
        return None
    if len(lines) < end.seq:
        return len(lines) + 1, "cut"
    if len(lines) > end.seq:  # lines that were never appended through the one door
        return end.seq + 1, "changed"
    if lines and lines[-1].seal != end.digest:
        return len(lines), "changed"
    return None
