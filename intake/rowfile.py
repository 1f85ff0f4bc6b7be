"""Reads of what parts a line has that somebody writes, and which question is worked out from such lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from intake.form import Column, Kind, Question
from intake.rows import MET
from intake.source import Entry, Faults, did_you_mean

KINDS = get_args(Column.model_fields["kind"].annotation)


def read_row(entry: Entry, of: Kind, faults: Faults) -> tuple[Column, ...]:
    """Only what is typed has lines, and a line is held to one limit."""
    columns = tuple(column for item in entry.items(faults) if (column := _column(item, faults)))
    limits, results = ([c for c in columns if c.kind == kind] for kind in ("limit", "result"))
    if of is not Kind.text or not columns:
        faults.add(entry, "are the parts of a line that is typed", "Write `kind: text`, or leave them out.")
    if len(limits) > 1 or len(limits) != len(results):
        faults.add(entry, "need one limit and one result, or neither", "Give both once.")
    return columns


def _column(item: Entry, faults: Faults) -> Column | None:
    fields = item.fields(faults, needed=("id",), allowed=("kind",))
    kind = fields["kind"].text(faults) if "kind" in fields else "words"
    if kind not in KINDS:
        faults.add(item, f"`{kind}` is no kind of part", did_you_mean(kind, KINDS))
        return None
    return Column.model_validate({"id": fields["id"].text(faults), "kind": kind}) if "id" in fields else None


def read_worked_out(entry: Entry, earlier: Mapping[str, Question], faults: Faults) -> str:
    """The question that stands before it and has lines with a limit."""
    name = entry.text(faults)
    known = [each.id for each in earlier.values() if any(column.kind == "limit" for column in each.row)]
    if name not in known:
        faults.add(entry, f"`{name}` has no lines with a limit", did_you_mean(name, known))
    return name


def check_worked_out(entry: Entry, question: Question, faults: Faults) -> None:
    if question.worked_out and question.choice_ids != set(MET):
        faults.add(entry, "is worked out from figures", f"Give it the choices {', '.join(MET)}.")
