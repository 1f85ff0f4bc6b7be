"""Rows beside what the lines that made them say by themselves, which no erasure takes away: who, what and when.

Only where the record of a line was erased; the others commit to their rows as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from store.kept import Kept
from store.legible import UNREADABLE, Cells
from store.telling import Told
from store.trail import Record

Rows = Mapping[str, Cells]
By = dict[str, object]
"""What a row must hold, by column."""


def differences(name: str, use: str, known: Told, kept: Kept) -> Iterator[str]:
    named: set[str] = set()
    tables: dict[str, Rows] = {
        "condition_steps": kept.condition_steps[use],
        "pattern_steps": kept.pattern_steps[use],
        "task_steps": kept.task_steps[use],
        "appointments": kept.appointments[use],
        "stage_moves": kept.stage_moves[use],
        "assignments": kept.assignments[use],
        "reports": kept.reports[use],
        "plans": kept.plans[use],
        "snoozes": kept.snoozes[use],
        "patterns": kept.patterns[use],
        "review_steps": kept.review_steps[use],
    }
    for line in known.lines:
        table, id, must = _row(line)
        if not table:
            continue
        row = tables[table].get(id) if id else _found(tables[table], line, must)
        named.add(str(row["id"]) if row else id)
        what = f"{name}: what line {line.seq} tells of ({table.replace('_', ' ')})"
        if line.at not in known.gone or (row and str(row["id"]) in getattr(known, table)):
            continue
        if row is None:
            yield f"{what} is missing"
        elif wrong := ", ".join(column for column, value in must.items() if row[column] != value):
            yield f"{what} was changed: {wrong}"
    yield from _of_called(name, known, tables["task_steps"])
    yield from _of_worded(name, known, tables, kept.decisions[use], kept.inquiries[use])
    yield from _unnamed(name, known, tables, named)


def _row(line: Record) -> tuple[str, str, By]:
    """The table, the row (none where it has another name than the line knows) and what it must hold."""
    detail, (about, _, kind) = line.detail, line.what.partition(".")
    by: By = {"at": line.at, "by": line.actor}
    made = MADE.get(line.what) or MADE.get(about)
    return made(detail, kind, by) if made is not None else ("", "", {})


def _of_condition(detail: By, kind: str, by: By) -> tuple[str, str, By]:
    """That a day went by is nobody's act, though somebody may have looked just then."""
    must = by | ({"by": None} if kind == "unmet" else {})
    told = {"kind": kind, "condition_id": detail.get("condition")}
    return ("condition_steps", str(detail["step"]), must | told) if "step" in detail else ("", "", {})


def _of_pattern(detail: By, kind: str, by: By) -> tuple[str, str, By]:
    if kind == "proposed":
        last = {name: detail.get(name) for name in ("role", "last_day")}
        return "patterns", str(detail.get("pattern")), by | last
    if "step" not in detail:
        return "", "", {}
    by |= {"by": None} if kind in ("drawn", "unfounded") else {"role": detail.get("role")}
    told: By = {"kind": "withdrawn" if kind == "unfounded" else kind, "pattern_id": detail.get("pattern")}
    return "pattern_steps", str(detail["step"]), by | told


def _of_part(detail: By, kind: str, by: By) -> tuple[str, str, By]:
    """A naming by the rules is nobody's; of an answer the line knows only what it answers."""
    told: By = {"kind": kind, "part": detail.get("part"), "person_id": detail.get("person"), "at": by["at"]}
    if kind == "named":
        return "appointments", str(detail.get("appointment")), told
    return "appointments", "", by | told | {"answers": detail.get("appointment")}


def _of_move(detail: By, kind: str, by: By) -> tuple[str, str, By]:
    must = by | ({"by": None} if kind == "began" else {})
    return "stage_moves", str(detail.get("move")), must | {"stage": detail.get("to")}


def _of_review(detail: By, kind: str, by: By) -> tuple[str, str, By]:
    """Who opens one is the clock or a rule, whoever's wish that followed from."""
    if "step" not in detail:
        return "", "", {}
    must = by | ({"by": None} if kind in ("opened", "joined") else {})
    told: By = {"kind": kind, "review": detail.get("review")}
    told |= {name: detail[name] for name in ("cause", "trigger", "depth", "outcome") if name in detail}
    return "review_steps", str(detail["step"]), must | told


def _of_assignment(detail: By, kind: str, by: By) -> tuple[str, str, By]:
    return (
        "assignments",
        str(detail.get("assignment")),
        by | {"kind": kind, "person_id": detail.get("person")},
    )


def _of_recorded(detail: By, kind: str, by: By) -> tuple[str, str, By]:
    """By the lot one is looked at from the moment in which its pattern recorded it."""
    if not detail.get("drawn"):
        return "", "", {}
    return "pattern_steps", f"{detail.get('decision')}:drawn", {"at": by["at"], "by": None, "kind": "drawn"}


MADE: Mapping[str, Callable[[By, str, By], tuple[str, str, By]]] = {
    "condition": _of_condition,
    "pattern": _of_pattern,
    "part": _of_part,
    "stage": _of_move,
    "review": _of_review,
    "case.recorded": _of_recorded,
    "case.taken": _of_assignment,
    "case.passed_on": _of_assignment,
    "case.recused": _of_assignment,
    "task.done": lambda detail, kind, by: (
        "task_steps", str(detail.get("step")), by | {"kind": kind, "task": detail.get("task")},
    ),
    "use.stopped": lambda detail, kind, by: (
        "appointments", str(detail.get("step")), by | {"kind": kind, "person_id": by["by"]},
    ),
    "answer.reported": lambda detail, kind, by: (
        "reports", str(detail.get("report")), by | {"by": detail.get("by")},
    ),
    "errand.snoozed": lambda detail, kind, by: (
        "snoozes",
        str(detail.get("snooze")),
        by | {"errand": detail.get("errand"), "until": detail.get("until")},
    ),
    "plan.written": lambda detail, kind, by: (
        "plans",
        str(detail.get("plan")),
        by | {"every": detail.get("every"), "monitor": detail.get("monitor")},
    ),
}  # fmt: skip


def _found(rows: Rows, line: Record, must: By) -> Cells | None:
    """Without a name, the one of that moment that fits; else another of it, whose difference is told."""
    then = [row for _, row in sorted(rows.items()) if row["at"] == line.at and row["kind"] != "named"]
    fits = (row for row in then if all(row[column] == value for column, value in must.items()))
    return next(fits, then[0] if then else None)


def _of_called(name: str, known: Told, steps: Rows) -> Iterator[str]:
    """What the rules called for or dropped at a moment, and by when."""
    for line in known.lines:
        kind = line.what.removeprefix("tasks.")
        if line.at not in known.gone or line.what not in ("tasks.called", "tasks.dropped"):
            continue
        tasks, due = line.detail.get("tasks"), line.detail.get("due")
        told = [str(task) for task in tasks] if isinstance(tasks, list) else []
        rows = {row["task"]: row for row in steps.values() if (row["at"], row["kind"]) == (line.at, kind)}
        days = dict(zip(told, due, strict=False)) if isinstance(due, list) and len(due) == len(told) else {}
        if set(told) != set(rows) or any(rows[task]["due_on"] != day for task, day in days.items()):
            yield f"{name}: the tasks that line {line.seq} tells of were changed"


def _of_worded(
    name: str, known: Told, tables: Mapping[str, Rows], decisions: Rows, inquiries: Rows
) -> Iterator[str]:
    """Words are committed to apart, and may be kept where the record beside them is gone."""
    every = {**tables, "decisions": decisions, "inquiries": inquiries}
    for seq, words in known.worded:
        for kind, said in words.items():
            for id, parts in said.items() if kind in every else ():
                try:
                    row = every[kind].get(id)
                    wrong = row is not None and any(
                        (row[column] or "") != text
                        for column, text in parts.items()
                        if text or kind != "inquiries"  # the answer comes later
                    )
                except UNREADABLE:
                    wrong = True
                if wrong:
                    yield f"{name}: the words of line {seq} in the register ({kind.replace('_', ' ')}) were changed"


def _unnamed(name: str, known: Told, tables: Mapping[str, Rows], named: set[str]) -> Iterator[str]:
    """Of a moment whose record was erased; what the rules called for or somebody answered has no name in a line."""
    for table, rows in tables.items():
        for id, row in sorted(rows.items()):
            free = table == "task_steps" and row["kind"] != "done"
            if row["at"] in known.gone and id not in named and id not in getattr(known, table) and not free:
                yield f"{name}: no line tells of {id} ({table.replace('_', ' ')})"
