"""By what uses are watched, as rows: plans with their measures, and what was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, union
from sqlmodel import Session, col, or_, select

from store.columns import to_text
from store.direct import Read
from store.tables import AppointmentRow, MeasureRow, PlanRow, ReadingRow, UseRow
from triage.case import Case, Status
from triage.parts import MONITOR
from triage.plan import Measure, Measurement, Plan, Reading

IN_USE = (Status.approved.value, Status.approved_with_conditions.value)
AT_ONCE = 50


def plans_of(session: Session, case: str) -> Iterable[Plan]:
    measures: dict[str, list[Measure]] = defaultdict(list)
    query = select(MeasureRow).where(MeasureRow.use_id == case).order_by(col(MeasureRow.number))
    for each in session.exec(query):
        measures[each.plan_id].append(
            Measure.model_validate({name: getattr(each, name) for name in Measure.model_fields})
        )
    for row in session.exec(select(PlanRow).where(PlanRow.use_id == case).order_by(col(PlanRow.version))):
        given = {"id": row.id, "by": row.by, "at": row.at, "every": row.every, "monitor": row.monitor or ""}
        yield Plan.model_validate(given | {"measures": tuple(measures[row.id])})


def measurements_of(session: Session, case: str) -> Iterable[Measurement]:
    query = select(ReadingRow).where(ReadingRow.use_id == case)
    readings: dict[str, list[ReadingRow]] = defaultdict(list)
    for row in session.exec(query.order_by(col(ReadingRow.version), col(ReadingRow.id))):
        readings[row.id.rpartition(":")[0]].append(row)
    for id, rows in readings.items():
        yield Measurement(
            id=id,
            plan=rows[0].measure_id.rpartition(":")[0],
            by=rows[0].by,
            at=rows[0].at,
            readings=tuple(map(_reading, rows)),
        )


def _reading(row: ReadingRow) -> Reading:
    number = int(row.id.rpartition(":")[2])
    return Reading(number=number, value=row.value or "", reason=row.reason or "")


def save_watch(session: Session, before: Case | None, case: Case) -> None:
    for plan in _new_plans(before, case):
        session.add(
            PlanRow(id=plan.id, use_id=case.id, version=case.version, **plan_values(plan) | {"at": plan.at})
        )
        for id, values in measure_values(plan).items():
            session.add(MeasureRow(id=id, use_id=case.id, **values))
    for made in _new_measurements(before, case):
        for id, values in reading_values(made).items():
            said = {name: values[name] or None for name in ("value", "reason")}
            session.add(
                ReadingRow(id=id, use_id=case.id, version=case.version, **values | said | {"at": made.at})
            )


def told_of(before: Case | None, case: Case) -> dict[str, dict[str, Any]]:
    """What is new, as the trail tells it."""
    plans, made, version = (
        _new_plans(before, case),
        _new_measurements(before, case),
        {"version": case.version},
    )
    return {
        "plans": {plan.id: plan_values(plan) | version for plan in plans},
        "measures": {id: values for plan in plans for id, values in measure_values(plan).items()},
        "readings": {id: values | version for each in made for id, values in reading_values(each).items()},
    }


def plan_values(plan: Plan) -> dict[str, Any]:
    """Its columns, as the trail has them, too."""
    return {"by": plan.by, "at": to_text(plan.at), "every": plan.every, "monitor": plan.monitor or None}


def measure_values(plan: Plan) -> dict[str, dict[str, Any]]:
    return {
        _numbered(plan.id, number): {"plan_id": plan.id, "number": number, **each.model_dump()}
        for number, each in enumerate(plan.measures, 1)
    }


def reading_values(made: Measurement) -> dict[str, dict[str, Any]]:
    return {
        _numbered(made.id, each.number): {
            "measure_id": _numbered(made.plan, each.number),
            "by": made.by,
            "at": to_text(made.at),
            "value": each.value,
            "reason": each.reason,
        }
        for each in made.readings
    }


def _numbered(id: str, number: int) -> str:
    return f"{id}:{number:03}"


def _new_plans(before: Case | None, case: Case) -> tuple[Plan, ...]:
    return case.plans[len(before.plans) if before else 0 :]


def _new_measurements(before: Case | None, case: Case) -> tuple[Measurement, ...]:
    return case.measurements[len(before.measurements) if before else 0 :]


def watched_by(session: Session, person: str) -> list[str]:
    """Uses in use that have a plan, in a version of which this person was named, or who once took the part on, or whose
    own they are; whether they still report is for others to say."""
    return [row.id for row in _watched().within(session, me=person)]


@cache
def _watched() -> Read:
    """Made once: to make it takes longer than to ask it."""
    me: Any = bindparam("me")
    named = select(PlanRow.use_id).where(PlanRow.monitor == me)
    took = select(AppointmentRow.use_id).where(
        AppointmentRow.person_id == me,
        AppointmentRow.part == MONITOR,
        AppointmentRow.kind == "accepted",
    )
    own = select(UseRow.id).where(or_(UseRow.owner_id == me, UseRow.requester_id == me))
    theirs = union(named, took, own).subquery()  # each by its index, as one condition none would be used
    planned = exists().where(col(PlanRow.use_id) == UseRow.id)
    query = (
        select(UseRow.id).join(theirs, theirs.c[0] == UseRow.id).where(col(UseRow.state).in_(IN_USE), planned)
    )
    return Read(query.order_by(col(UseRow.id)).limit(AT_ONCE))
