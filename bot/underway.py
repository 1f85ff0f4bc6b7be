"""A use on its way from a yes to its end, as plain rows: its stages, its tasks, and who does which part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from triage.case import Case

Plain = dict[str, Any]
UNDERWAY_COLUMNS = (
    *("ref", "record", "id", "what", "kind", "person", "by", "at"),
    *("before", "due", "rules", "answers", "link", "words"),
)


def to_underway(case: Case) -> Iterator[Plain]:
    """`record`: stage, task or appointment; `what`: which one. Nobody is named where rules did it."""
    for move in case.stage_moves:
        yield _row(case, "stage", move.model_dump(mode="json"), what=move.to.value, kind="moved")
    for step in case.task_steps:
        yield _row(case, "task", step.model_dump(mode="json"), what=step.task)
    for said in case.appointments:
        yield _row(case, "appointment", said.model_dump(mode="json"), what=said.task, answers=said.of)


def _row(case: Case, record: str, told: Plain, **more: str) -> Plain:
    empty: Plain = dict.fromkeys(UNDERWAY_COLUMNS, "") | {"rules": []}
    row = empty | {name: value for name, value in told.items() if name in empty}
    return row | {"ref": case.ref, "record": record} | more
