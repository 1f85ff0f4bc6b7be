"""What the rules ask for before a use moves on is called for by itself, and its owner is told when a gate opens."""

from __future__ import annotations

from collections.abc import Iterator

from triage.case import Case
from triage.commands import Command, Rejudge
from triage.conditions import decided_of
from triage.desk import Desk
from triage.fingerprint import facts_digest
from triage.gates import Need
from triage.onward import Onward
from triage.outcome import Facts, Happened, Notice, Outcome, Say
from triage.owning import told_again
from triage.parts import OWNER, waiting
from triage.stages import Appointment, Stage, StageMove, TaskStep
from triage.tasks import ASKED, Task, is_there, left, needs, tasks_of, ways_on
from triage.telling import over, told_running
from triage.whereabouts import keeper, stage_of, told


def followed(before: Case | None, outcome: Outcome, command: Command, desk: Desk) -> Outcome:
    """After whatever may move it: a yes, another owner or answer, other rules, or a step of its own."""
    case = outcome.case
    if before is None or not (case.stage_moves or (case.in_use and not before.in_use)):
        return outcome
    after, happened = case, tuple[Happened, ...]()
    if _is_moved(before, case, command):
        after, happened = _called_for(case, command.key, desk, anew=case.in_use and not before.in_use)
    was, now = ways_on(before, desk), ways_on(after, desk)
    opened = tuple(to for to in now if to not in was and _is_awaited(after, to))
    if opened:
        names = tuple(to.value for to in opened)
        happened = (*happened, Happened(what="gate.opened", detail={"to": names}))
    called = _called(case, after, desk)
    said = outcome.notices
    if called and _is_told_the_yes(after, said):
        said, called = tuple(_with_tasks(after, notice) for notice in said), ()
    if any(_is_told_its_conditions(after, notice) for notice in said):
        called = ()  # what is to be done stands below them
    gone = tuple(_over(before, after, was, now)) if before.stage_moves else ()
    gone += tuple(_changed(before, after, desk, anew=bool(called))) if before.stage_moves else ()
    return Outcome(
        case=after,
        happened=(*outcome.happened, *happened),
        notices=(*gone, *said, *called, *_opened(after, opened)),
    )


def _is_awaited(case: Case, to: Stage) -> bool:
    """An end can be begun at any time, and whoever began it does not wait to hear of the way back."""
    return to is not Stage.retiring and (to is Stage.retired or stage_of(case) is not Stage.retiring)


def _is_moved(before: Case, case: Case, command: Command) -> bool:
    """What was approved before there were stages is called on with its next yes."""
    if not case.in_use and stage_of(case) is not Stage.retiring:
        return False
    if not case.stage_moves:
        return not before.in_use
    if not before.in_use or isinstance(command, Onward | Rejudge):
        return True
    return (before.owner, before.facts, before.verdict) != (case.owner, case.facts, case.verdict)


def _called_for(case: Case, key: str, desk: Desk, *, anew: bool) -> tuple[Case, tuple[Happened, ...]]:
    happened: list[Happened] = []
    if not case.stage_moves:
        began = StageMove(id=f"{key}:began", to=told(case), at=desk.now)
        case = case.model_copy(update={"stage_moves": (began,)})
        happened.append(Happened(what="stage.began", detail={"to": began.to.value, "move": began.id}))
    steps = tuple(_steps(case, key, desk, anew=anew))
    case = case.model_copy(update={"task_steps": (*case.task_steps, *steps)})
    for kind in ("called", "dropped"):
        if found := [step for step in steps if step.kind == kind]:
            happened.append(Happened(what=f"tasks.{kind}", detail=_named(found)))
    if any(task.task == OWNER for task in tasks_of(case)) and (named := _owner(case, key, desk)):
        case = case.model_copy(update={"appointments": (*case.appointments, named)})
        detail: Facts = {"part": OWNER, "person": named.person, "appointment": named.id}
        happened.append(Happened(what="part.named", detail=detail))
    return case, tuple(happened)


def _named(steps: list[TaskStep]) -> Facts:
    """Each with its day, where one was set."""
    days = tuple(step.due.isoformat() for step in steps if step.due)
    return {"tasks": tuple(step.task for step in steps), **({"due": days} if days else {})}


def _steps(case: Case, key: str, desk: Desk, *, anew: bool) -> Iterator[TaskStep]:
    """What is done stays; the day stays with a task that others ask for now, unless theirs is sooner.

    `anew`: it was said yes to just now, so nothing that is left is late already.
    """
    known = {task.task: task for task in tasks_of(case)}
    gates = ASKED.get(stage_of(case), ())
    wanted = {need.task: need for need in needs(case, desk) if need.before in gates}
    for name, need in wanted.items():
        task = known.get(name)
        late = anew and task is not None and task.due is not None and task.due < desk.day
        if late and not is_there(case, name, need.before, desk):
            yield _call(case, need, None, key, desk)
        elif task is None or (task.before, task.step.rules) != (need.before, need.by):
            yield _call(case, need, task, key, desk)
    if not _may_drop(case):
        return
    for name, task in known.items():
        if name not in wanted and not is_there(case, name, task.before, desk):
            given = {"task": name, "kind": "dropped", "before": task.before, "rules": task.step.rules}
            yield TaskStep.model_validate(given | {"id": f"{key}:dropped:{name}", "at": desk.now})


def _may_drop(case: Case) -> bool:
    """Answers that became less since the yes take nothing away that it rested on; those who say yes again do."""
    made, ends = case.decision, stage_of(case) is Stage.retiring
    return ends or not case.in_use or made is None or made.facts_digest == facts_digest(case)


def _call(case: Case, need: Need, known: Task | None, key: str, desk: Desk) -> TaskStep:
    calendar = desk.calendar(keeper(case))
    due = calendar.day_of(calendar.after(desk.now, need.days))
    if known is not None and known.due is not None and known.before == need.before:
        due = min(due, known.due)
    given = {"task": need.task, "kind": "called", "before": need.before, "due": due, "rules": need.by}
    return TaskStep.model_validate(given | {"id": f"{key}:called:{need.task}", "at": desk.now})


def _owner(case: Case, key: str, desk: Desk) -> Appointment | None:
    """Whoever owns it now is asked once whether they do."""
    if desk.staff(keeper(case)).gone:
        return None  # somebody else is asked whether they take it over
    named = [a for a in case.appointments if a.task == OWNER and a.kind == "named"]
    if named and named[-1].person == keeper(case):
        return None
    return Appointment(id=f"{key}:owner", task=OWNER, kind="named", person=keeper(case), at=desk.now)


def _called(case: Case, after: Case, desk: Desk) -> tuple[Notice, ...]:
    """One message with all that there is to do now."""
    calls = {s.task for s in after.task_steps[len(case.task_steps) :] if s.kind == "called"}
    calls |= {each.task for each in after.appointments[len(case.appointments) :]}
    if not calls & {task.task for task in left(after, desk)}:
        return ()
    return told_running(after, {"about": "called", "fresh": True}, {keeper(after)})


def _is_told_the_yes(case: Case, notices: tuple[Notice, ...]) -> bool:
    """Whoever asked and owns it reads what is to be done in the message that says yes."""
    asked = case.talk is not None and case.talk.person == keeper(case)
    return asked and any(notice.say is Say.decided for notice in notices)


def _is_told_its_conditions(case: Case, notice: Notice) -> bool:
    return notice.say is Say.condition and notice.facts["about"] == "given" and notice.to == keeper(case)


def _with_tasks(case: Case, notice: Notice) -> Notice:
    """Under a name, so that it is shown once more as things are done."""
    if notice.say is not Say.decided or case.decision is None:
        return notice
    return notice.model_copy(update={"facts": {**notice.facts, "until": decided_of(case.decision)}})


def _opened(after: Case, opened: tuple[Stage, ...]) -> tuple[Notice, ...]:
    """The one moment at which its owner hears that a gate is open."""
    if not opened:
        return ()
    return told_running(after, {"about": "open", "fresh": True}, {keeper(after)})


def _changed(before: Case, after: Case, desk: Desk, *, anew: bool) -> Iterator[Notice]:
    """What stands of what is to be done tells what is left of it; `anew`: it stands anew with whoever owns it now."""
    if (before.in_use, keeper(before), left(before, desk)) == (
        after.in_use,
        keeper(after),
        left(after, desk),
    ):
        return
    if before.decision is not None:
        yield Notice(say=Say.decided, facts={"until": decided_of(before.decision), "over": True})
        yield from told_again(before, before.decision)
    if not anew or keeper(before) != keeper(after):
        yield from over(before, {"about": "called"}, {keeper(before)})


def _over(before: Case, after: Case, was: tuple[Stage, ...], now: tuple[Stage, ...]) -> Iterator[Notice]:
    """Messages whose buttons lead nowhere any more: the one with a way on, and those that asked for a yes."""
    lost = before.in_use and not after.in_use
    if lost or set(was) - {Stage.retiring} - set(now) or keeper(before) != keeper(after):
        yield from over(before, {"about": "open"}, {keeper(before)})
    still = {each.id for each in waiting(after)}
    for each in waiting(before):
        if each.id not in still and each.task != OWNER:
            yield from over(before, {"about": "named", "appointment": each.id}, {each.person})
