"""What a use needs before it moves on, by the gates of the policies in force; what of it is there, others say."""

from __future__ import annotations

from collections.abc import Iterable

from intake.answers import Answers
from intake.form import Form
from intake.value import Value
from triage.current import current
from triage.gatefile import BEFORE
from triage.lanes import Settings, side_by_side
from triage.program import calling
from triage.rules import Gate, RuleBook
from triage.sources import TASK
from triage.trace import Trace


class Need(Value):
    """One task, the gate that stays shut without it, the gates of rules that ask for it, and in how many days."""

    task: str
    before: str
    days: int
    by: tuple[str, ...]


def needs_for(form: Form, book: RuleBook, answers: Answers, settings: Settings) -> tuple[Need, ...]:
    """All that is asked for or still may be, in the order of gates, then of the policies."""
    program = calling(form, book)
    leaves = side_by_side(program.leaves, [(current(form, answers), settings)])
    trace = Trace(program, program.run(leaves))
    return needed(book, (gate for gate in book.gates() if not trace.excluded(program.tasks[gate.id])))


def needed(book: RuleBook, asked: Iterable[Gate]) -> tuple[Need, ...]:
    """What several ask for is one task, before the earliest of their gates."""
    asked = tuple(asked)
    found = [
        _one(task, gates)
        for policy in book.policies
        for task in policy.things.get(TASK, ())
        if (gates := [gate for gate in asked if task in gate.tasks])
    ]
    return tuple(sorted(found, key=lambda need: BEFORE.index(need.before)))


def _one(task: str, gates: list[Gate]) -> Need:
    before = min((gate.before for gate in gates), key=BEFORE.index)
    days = min(gate.days for gate in gates)
    return Need(task=task, before=before, days=days, by=tuple(gate.id for gate in gates))
