"""What is to be done before a use moves on, and what of it is there: read off the steps that were recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from intake.value import Value
from triage.appointed import holder
from triage.case import Case, Status
from triage.desk import Desk
from triage.gatefile import BEFORE
from triage.gates import Need, needs_for
from triage.lessened import lessened
from triage.lifecycle import FINAL, MOVES
from triage.parts import PARTS
from triage.stages import Stage, TaskStep
from triage.watched import plan_of
from triage.whereabouts import stage_of

NEXT = {
    Stage.idea: (Stage.pilot, Stage.in_use, Stage.retiring),
    Stage.pilot: (Stage.in_use, Stage.retiring),
    Stage.in_use: (Stage.retiring,),
    Stage.retiring: (Stage.pilot, Stage.in_use, Stage.retired),
    Stage.retired: (),
}
"""Where it may move; what is being retired may go on after all, through the gates."""
GATES = {Stage.pilot: BEFORE[:1], Stage.in_use: BEFORE[:2], Stage.retired: BEFORE[2:]}
"""Of a stage, those that have to be open."""
ASKED = {
    Stage.idea: BEFORE[:1],
    Stage.pilot: BEFORE[:2],
    Stage.in_use: BEFORE[:2],
    Stage.retiring: BEFORE[2:],
}
"""At a stage, those whose tasks are called for: the next one, and what was passed."""

PLANNED = "monitoring_plan"
"""Done with the plan that somebody writes here; elsewhere, as any other."""
UNMOVED = FINAL | {Status.draft}
"""Nothing is on its way there, or nothing any more."""


class Task(Value):
    """Called for now; `step`: how it was, `done` with what."""

    task: str
    step: TaskStep
    done: TaskStep | None = None

    @property
    def before(self) -> str:
        return self.step.before

    @property
    def due(self) -> date | None:
        return self.step.due


def tasks_of(case: Case) -> tuple[Task, ...]:
    """Those called for and not dropped, in the order of the gates."""
    calls: dict[str, TaskStep] = {}
    for step in case.task_steps:
        if step.kind == "called":
            calls[step.task] = step
        elif step.kind == "dropped":
            calls.pop(step.task, None)
    found = [Task(task=task, step=step, done=done(case, task, step.before)) for task, step in calls.items()]
    return tuple(sorted(found, key=lambda task: (BEFORE.index(task.before), task.due or date.max, task.task)))


def done(case: Case, task: str, before: str) -> TaskStep | None:
    """Once done it stays so, whatever the rules say since; what ends a use is done for this end of it.

    A plan by which it is watched is what shows that there is one.
    """
    if task == PLANNED and (plan := plan_of(case)) is not None:
        return TaskStep(id=plan.id, task=task, kind="done", before=before, by=plan.by, at=plan.at)
    since = case.stage_moves[-1].at if before == BEFORE[2] and case.stage_moves else None
    steps = [step for step in case.task_steps if step.task == task and step.kind == "done"]
    return next((s for s in reversed(steps) if since is None or s.at >= since), None)


def is_there(case: Case, task: str, before: str, desk: Desk) -> bool:
    if task in PARTS:
        return holder(case, task, desk) is not None
    return done(case, task, before) is not None


def needs(case: Case, desk: Desk) -> tuple[Need, ...]:
    """What the rules ask for today, whatever was called for before."""
    return needs_for(desk.form, desk.book, case.answers, desk.settings(case))


def missing(case: Case, to: Stage, desk: Desk) -> tuple[str, ...]:
    """What its gates wait for: of what is called for, and of what the rules ask for since."""
    gates = GATES.get(to, ())
    wanted = {task.task: task.before for task in tasks_of(case)}
    wanted |= {need.task: need.before for need in needs(case, desk)}
    return tuple(
        task for task, before in wanted.items() if before in gates and not is_there(case, task, before, desk)
    )


def asked_before(case: Case, to: Stage) -> tuple[str, ...]:
    """What was called for before its gates, there or not."""
    return tuple(task.task for task in tasks_of(case) if task.before in GATES.get(to, ()))


def left(case: Case, desk: Desk) -> tuple[Task, ...]:
    """Of what is called for, what is not there yet."""
    return tuple(t for t in tasks_of(case) if not is_there(case, t.task, t.before, desk))


def before_start(case: Case, desk: Desk) -> tuple[Task, ...]:
    """What is missing before anybody may use what has a yes; nothing once its pilot may start."""
    return left(case, desk) if case.in_use and stage_of(case) is Stage.idea else ()


def may_move(case: Case, to: Stage, desk: Desk) -> bool:
    return to in NEXT[stage_of(case)] and is_allowed(case, to, desk) and not missing(case, to, desk)


def is_allowed(case: Case, to: Stage, desk: Desk) -> bool:
    """Nothing begins without a yes that holds today for what it is; whatever ran may be ended at any time."""
    if to in (Stage.retiring, Stage.retired):
        return Status.retired in MOVES[case.status]
    last = case.decision.valid_until if case.decision else None
    return case.in_use and not lessened(case) and (last is None or desk.day <= last)


def ways_on(case: Case, desk: Desk) -> tuple[Stage, ...]:
    """Where its owner may move it now, the furthest before the end first."""
    if case.status in UNMOVED:
        return ()
    return tuple(_ways(case, desk))


def _ways(case: Case, desk: Desk) -> Iterator[Stage]:
    for to in NEXT[stage_of(case)]:
        if may_move(case, to, desk):
            yield to
