"""Stages, tasks and appointments of a use: rows that are added and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from store.columns import to_text
from store.direct import of_use
from store.tables import AppointmentRow, StageMoveRow, TaskStepRow
from triage.case import Case
from triage.stages import Appointment, StageMove, TaskStep

Values = dict[str, Any]


def move_values(move: StageMove) -> Values:
    return {"stage": move.to.value, "by": move.by or None, "at": to_text(move.at)}


def task_values(step: TaskStep) -> Values:
    told: Values = {
        "task": step.task,
        "kind": step.kind,
        "before": step.before or None,
        "by": step.by or None,
    }
    due = step.due.isoformat() if step.due else None
    told |= {"due_on": due, "rules": list(step.rules)}
    return told | {"at": to_text(step.at), "link": step.link, "words": step.words}


def appointment_values(said: Appointment) -> Values:
    told: Values = {"part": said.task, "kind": said.kind, "person_id": said.person, "by": said.by or None}
    return told | {"at": to_text(said.at), "answers": said.of or None, "words": said.words}


MOVES, TASK_STEPS, APPOINTMENTS = (
    of_use(table, "version", "id") for table in ("stage_move", "task_step", "appointment")
)


def moves_of(session: Session, case: str) -> Iterable[StageMove]:
    for each in MOVES.within(session, case=case):
        yield StageMove.model_validate({"id": each.id, "to": each.stage, "by": each.by or "", "at": each.at})


def task_steps_of(session: Session, case: str) -> Iterable[TaskStep]:
    return map(to_step, TASK_STEPS.within(session, case=case))


def to_step(row: Any) -> TaskStep:
    given: Values = {"id": row.id, "task": row.task, "kind": row.kind, "due": row.due_on}
    given |= {name: getattr(row, name) or "" for name in ("before", "by", "link", "words")}
    return TaskStep.model_validate(given | {"rules": tuple(row.rules), "at": row.at})


def appointments_of(session: Session, case: str) -> Iterable[Appointment]:
    return map(to_appointment, APPOINTMENTS.within(session, case=case))


def to_appointment(row: Any) -> Appointment:
    given: Values = {"id": row.id, "task": row.part, "kind": row.kind, "person": row.person_id}
    given |= {"by": row.by or "", "of": row.answers or "", "words": row.words or ""}
    return Appointment.model_validate(given | {"at": row.at})


def save_running(session: Session, before: Case | None, case: Case) -> None:
    about: Values = {"use_id": case.id, "version": case.version}
    for move in case.stage_moves[len(before.stage_moves) if before else 0 :]:
        session.add(StageMoveRow(id=move.id, **about, **move_values(move) | {"at": move.at}))
    for step in case.task_steps[len(before.task_steps) if before else 0 :]:
        told = task_values(step) | {"at": step.at, "due_on": step.due}
        session.add(TaskStepRow(id=step.id, **about, **_emptied(told)))
    for said in case.appointments[len(before.appointments) if before else 0 :]:
        told = appointment_values(said) | {"at": said.at}
        session.add(AppointmentRow(id=said.id, **about, **_emptied(told)))


def _emptied(told: Values) -> Values:
    return {name: None if value == "" else value for name, value in told.items()}
