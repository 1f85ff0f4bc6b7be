"""What somebody does on the way from a yes to the end of a use: a stage further, a task done, a stop.

Nothing here says yes to anything: a gate only lets through what the rules asked for and people have done.
"""

from __future__ import annotations

from triage.appointed import holder
from triage.attaching import LONGEST, carried, shown_by
from triage.case import Case, Status
from triage.desk import Desk
from triage.interview import judged
from triage.lessened import lessened
from triage.lifecycle import check_move
from triage.onward import DoTask, MoveOn, StopUse
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.parts import OVERSEER, PARTS, named_ones
from triage.reopening import opened, reopened
from triage.stages import Appointment, Stage, StageMove, TaskStep
from triage.tasks import NEXT, UNMOVED, Task, asked_before, is_allowed, missing, tasks_of
from triage.teams import standing
from triage.telling import told_running
from triage.underlying import check_whole, named
from triage.whereabouts import keeper, stage_of


def check_keeps(case: Case, actor: str) -> None:
    """The owner moves it on and sees to its tasks; nobody else can say what is there."""
    if case.status is Status.draft and actor != case.requester:
        raise Refused("unknown_case", case=case.id)
    if not actor or actor != keeper(case):
        raise Refused("not_your_task", case=case.id)


def move_on(case: Case, command: MoveOn, desk: Desk) -> Outcome:
    check_keeps(case, command.actor)
    to, now = Stage(command.to), stage_of(case)
    if to is now:
        raise Refused("stage_already", case=case.id)
    if case.status in UNMOVED or to not in NEXT[now]:
        raise Refused("no_next_stage", case=case.id)
    if not is_allowed(case, to, desk):
        raise Refused("less_than_approved" if lessened(case) else "no_approval_now", case=case.id)
    if wanting := missing(case, to, desk):
        raise Refused("gate_shut", case=case.id, tasks=" ".join(wanting))
    check_whole(case, desk.underlying, asked_before(case, to))
    move = StageMove(id=command.key, to=to, by=command.actor, at=desk.now)
    after = case.model_copy(update={"stage_moves": (*case.stage_moves, move)})
    if to is Stage.retired:
        check_move(case, Status.retired)
        after = after.model_copy(update={"status": Status.retired})
    detail: Facts = {"move": move.id, "from": now.value, "to": to.value, "was": case.status.value}
    detail |= named(desk.underlying)
    facts: Facts = {"about": "moved", "move": move.id}
    people = {case.requester, *named_ones(case), *(each.owner for each in standing(case))}
    return Outcome(
        case=after,
        happened=(Happened(what="stage.moved", detail=detail),),
        notices=(
            Notice(say=Say.card),
            *told_running(case, facts, people - {command.actor}),
            Notice(say=Say.summary),
        ),
    )


def do_task(case: Case, command: DoTask, desk: Desk) -> Outcome:
    """It counts at once, under the name of who says so."""
    check_keeps(case, command.actor)
    task = _to_do(case, command.task)
    check_whole(case, desk.underlying, (task.task,))
    words = command.words.strip()
    given = {"link": shown_by(command.link, command.file, words, case.id), "words": words[:LONGEST]}
    done = {"id": command.key, "task": task.task, "kind": "done", "by": command.actor, "at": desk.now}
    step = TaskStep.model_validate(done | given)
    texts = {name: text for name, text in given.items() if text}
    detail: Facts = {"task": task.task, "step": step.id}
    return Outcome(
        case=case.model_copy(update={"task_steps": (*case.task_steps, step)}),
        happened=(Happened(what="task.done", detail=detail, texts=texts),),
        notices=(
            Notice(say=Say.summary),
            *((carried(command.file, task=task.task, by=command.actor),) if command.file else ()),
        ),
    )


def _to_do(case: Case, named: str) -> Task:
    found = next((task for task in tasks_of(case) if task.task == named), None)
    if found is None or case.status in UNMOVED:
        raise Refused("task_gone", case=case.id)
    if named in PARTS:
        raise Refused("task_of_people", case=case.id)
    if found.done is not None:
        raise Refused("task_done", case=case.id)
    return found


def stop(case: Case, command: StopUse, desk: Desk) -> Outcome:
    """At once, and until those who decide have said yes again."""
    if case.status is Status.draft and command.actor != case.requester:
        raise Refused("unknown_case", case=case.id)
    if not command.actor or holder(case, OVERSEER, desk) != command.actor:
        raise Refused("not_overseer", case=case.id)
    if not case.in_use:
        raise Refused("stopped_already", case=case.id)
    words = command.reason.strip()[:LONGEST]
    given = {"id": command.key, "task": OVERSEER, "kind": "stopped", "words": words, "at": desk.now}
    step = Appointment.model_validate(given | {"person": command.actor, "by": command.actor})
    kept = judged(case, desk).model_copy(update={"appointments": (*case.appointments, step)})
    facts: Facts = {"about": "stopped", "step": step.id}
    people = {case.requester, keeper(case), *named_ones(case), *(each.owner for each in standing(case))}
    return Outcome(
        case=reopened(kept, desk),
        happened=(
            Happened(
                what="use.stopped",
                detail={"step": step.id, "stage": stage_of(case).value},
                texts={"reason": words} if words else {},
            ),
            opened(case),
        ),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": "stopped", "step": step.id}),
            *told_running(case, facts, people - {command.actor}),
            Notice(say=Say.summary),
        ),
    )
