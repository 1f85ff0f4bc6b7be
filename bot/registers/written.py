"""Rows as files and as a preview: CSV that no spreadsheet runs, JSON, and lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.extract import to_row
from bot.registers.rows import Cell
from bot.registers.shape import Shape
from bot.words import Words
from intake.steering import to_json
from triage.case import Case


def as_csv(shape: Shape, rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The head first; every row has all columns."""
    columns = tuple(field.name for field in shape.fields)
    yield to_row(dict(zip(columns, columns, strict=True)), columns)
    for cells in rows:
        yield to_row({cell.field.name: cell.value for cell in cells}, columns)


def as_json(shape: Shape, rows: Iterable[tuple[Case, Sequence[Cell]]]) -> Iterator[str]:
    """What is known, field by field, and beside it what is missing; origins say which shape it is."""
    head = {"shape": shape.name, "origins": [each.model_dump() for each in shape.origins]}
    yield to_json(head)[:-1] + ', "rows": ['
    between = "\n"
    for case, cells in rows:
        yield between + to_json(_record(case, cells))
        between = ",\n"
    yield "\n]}\n"


def _record(case: Case, cells: Sequence[Cell]) -> dict[str, Any]:
    return {
        "ref": case.ref,
        "fields": {cell.field.name: cell.value for cell in cells if cell.value},
        "missing": [{"field": cell.field.name, "who": cell.field.who} for cell in cells if cell.missing],
    }


def missing(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.missing]


def preview(case: Case, shape: Shape, cells: Sequence[Cell], words: Words) -> Iterator[str]:
    """Each field with its value and where it comes from; then what is missing, and who can say it."""
    yield words.label("registers.preview", ref=case.ref or case.id, shape=shape.called)
    for origin in shape.origins:
        told = {"called": origin.called, "version": origin.version, "url": origin.url}
        yield "  " + words.label("registers.origin", certainty=origin.certainty, **told)
        if origin.note:
            yield f"    {origin.note}"
    yield ""
    for cell in cells:
        if cell.value:
            yield words.label("registers.field", name=cell.field.name, value=cell.value)
            yield "  " + words.label("registers.source", source=cell.source)
    absent = [cell for cell in cells if not cell.value]
    for needed, key in ((True, "registers.missing"), (False, "registers.empty")):
        some = [cell for cell in absent if cell.needed is needed]
        if some:
            yield ""
            yield words.label(key, count=len(some))
        for cell in some:
            who = words.label(f"role.{cell.field.who}")
            yield "  " + words.label("registers.who", name=_named(cell), who=who)
            if cell.field.note and needed:
                yield f"    {cell.field.note}"


def _named(cell: Cell) -> str:
    name, called = cell.field.name, cell.field.called
    return name if name == called else f"{name} ({called})"
