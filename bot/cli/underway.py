"""A use on its way from a yes to its end, as `steward explain` tells it: its stage, what is there, and what is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from triage.case import Case
from triage.parts import PARTS, chosen
from triage.rules import RuleBook
from triage.sources import TASK, to_key
from triage.tasks import Task, tasks_of


def told(case: Case, book: RuleBook, names: Mapping[str, str]) -> Iterator[str]:
    """With the gates that asked for each task; nothing where no stage was noted yet."""
    if not case.stage_moves:
        return
    yield ""
    for move in case.stage_moves:
        who = f" by {names.get(move.by, move.by)}" if move.by else ""
        yield f"stage: {move.to.value.replace('_', ' ')}, {move.at:%Y-%m-%d %H:%M} UTC{who}"
    for task in tasks_of(case):
        yield f"  before {task.before.replace('_', ' ')}, due {task.due or 'open'}: {_sentence(book, task.task)}"
        yield f"    {_state(case, task, names)}; asked for by {', '.join(task.step.rules) or 'no rule'}"


def _sentence(book: RuleBook, task: str) -> str:
    """Rules of a former day may not have had it."""
    try:
        return book.sentence(to_key(TASK, task))
    except KeyError:
        return task.replace("_", " ")


def _state(case: Case, task: Task, names: Mapping[str, str]) -> str:
    if task.task in PARTS:
        held = chosen(case, task.task)
        return f"accepted by {names.get(held.person, held.person)}" if held else "nobody has accepted"
    if task.done is None:
        return "missing"
    shown = " ".join(part for part in (task.done.link, task.done.words) if part)
    return f"done, says {names.get(task.done.by, task.done.by)}, {task.done.at:%Y-%m-%d}: {shown}"
