"""What there are several of, written one a line with a bar between its parts: read, checked, and held to a limit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from intake.answers import UNSURE, Answer, State, answered
from intake.figures import to_limit
from intake.form import Column, Question

ROWS = 20
"""Of one answer: what somebody still reads on a phone."""
BAR = "|"
SEPARATORS = (BAR, "\t")
"""A tab comes with what is copied out of a sheet."""
AT_LEAST, AT_MOST = ("at least", ">=", "≥"), ("at most", "<=", "≤")
OPEN = "open"
MET = ("yes", "no", OPEN)
"""What follows from the figures."""
NOT_YET = ("-", "–", "—", "not yet")
"""In the place of a result: it is planned, and nobody has measured it."""


class Limit(NamedTuple):
    """`figure`: as `to_limit` writes it; the limit itself is still within."""

    least: bool
    figure: str
    unit: str


class Fault(NamedTuple):
    """`key` names the sentence; `line` counts from 1."""

    key: str
    line: int
    column: str = ""


def to_rows(text: str) -> tuple[tuple[str, ...], ...]:
    """Each line that says something, in its parts."""
    return tuple(_parts(line) for line in text.splitlines() if line.strip())


def _parts(line: str) -> tuple[str, ...]:
    by = next((each for each in SEPARATORS if each in line), BAR)
    return tuple(part.strip() for part in line.strip().strip(by).split(by))


def faults(question: Question, text: str) -> Iterator[Fault]:
    """What does not fit the columns of the question, line by line."""
    rows = to_rows(text)
    if len(rows) > ROWS:
        yield Fault("row_many", ROWS)
        return
    for number, parts in enumerate(rows, 1):
        if len(parts) != len(question.row) or not all(parts):
            yield Fault("row_parts", number)
            continue
        for column, part in zip(question.row, parts, strict=True):
            if column.kind == "limit" and to_sided(part) is None:
                yield Fault("row_limit", number, column.id)
            elif column.kind == "result" and part.casefold() not in NOT_YET and to_limit(part) is None:
                yield Fault("row_result", number, column.id)
        if _is_of_another_unit(question.row, parts):
            yield Fault("row_unit", number)


def to_sided(text: str) -> Limit | None:
    """At least or at most a number, with its unit; None where it does not say on which side it is good."""
    said = " ".join(text.split())
    for least, signs in ((True, AT_LEAST), (False, AT_MOST)):
        sign = next((each for each in signs if said.casefold().startswith(each)), "")
        if sign and (found := to_limit(said[len(sign) :])) is not None:
            return Limit(least, *found)
    return None


def is_met(row: tuple[Column, ...], parts: tuple[str, ...]) -> bool | None:
    """Whether the result of one line is within its limit; None where it was not measured, or cannot be read."""
    limit = next((to_sided(p) for c, p in zip(row, parts, strict=False) if c.kind == "limit"), None)
    result = next((to_limit(p) for c, p in zip(row, parts, strict=False) if c.kind == "result"), None)
    if limit is None or result is None or _is_of_another_unit(row, parts):
        return None
    found, bound = Decimal(result[0]), Decimal(limit.figure)
    return found >= bound if limit.least else found <= bound


def all_met(question: Question, answer: Answer) -> Answer:
    """Of all lines: no as soon as one is past its limit, yes once every one is within it, open in between."""
    if answer.state is not State.answered:
        return UNSURE
    found = [is_met(question.row, parts) for parts in to_rows(answer.text)]
    if False in found:
        return answered("no")
    return answered("yes" if found and None not in found else OPEN)


def _is_of_another_unit(row: tuple[Column, ...], parts: tuple[str, ...]) -> bool:
    """A share of 0.9 is not within a limit of 92 %; a result without a unit has that of its limit."""
    limit = next((to_sided(p) for c, p in zip(row, parts, strict=False) if c.kind == "limit"), None)
    result = next((to_limit(p) for c, p in zip(row, parts, strict=False) if c.kind == "result"), None)
    if limit is None or result is None or not result[1]:
        return False
    return result[1].casefold() != limit.unit.casefold()
