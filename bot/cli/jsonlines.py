"""One JSON object a line in, one line out, in the same order, however many: what `judge` and `score` share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping

Fields = Mapping[str, object]
Write = Callable[[str], object]


class Unreadable(ValueError):
    """What is wrong with a line, one sentence each."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


def answer_file(file: str, answer: Callable[[Iterable[str], Write], int]) -> int:
    """Answer the lines of a file, or of standard input (-); 2 where it cannot be read."""
    if file == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        return answer(sys.stdin, print)
    try:
        with open(file, encoding="utf-8", errors="replace") as lines:
            return answer(lines, print)
    except OSError as error:
        print(f"{file} cannot be read: {error.strerror}.", file=sys.stderr)
        return 2


def answer_lines(lines: Iterable[str], write: Write, answer: Callable[[Fields], Fields]) -> int:
    """0 if every line was answered, else 1; empty lines do not count. A bad line is an error line, the rest goes on."""
    failed = False
    for number, line in enumerate(lines, start=1):
        if line.strip():
            said, good = _said(line, number, answer)
            failed = failed or not good
            write(json.dumps(said))
    return 1 if failed else 0


def is_id(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _said(line: str, number: int, answer: Callable[[Fields], Fields]) -> tuple[Fields, bool]:
    id_: object = None
    try:
        asked = _object(line)
        id_ = asked.get("id")
        return {"id": id_, **answer(asked)}, True
    except Unreadable as error:
        return {"id": id_ if is_id(id_) else None, "line": number, "error": str(error)}, False


def _object(line: str) -> Fields:
    try:
        asked = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        where = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(f"This is not JSON{where}.") from error
    if not isinstance(asked, dict):
        raise Unreadable("A line must be one JSON object.")
    return asked
