"""Which approved uses nobody may begin with yet: of a whole list in a question or two, however long it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as alchemy
from sqlmodel import Session

from store.direct import Those
from store.records import load
from store.running import to_appointment, to_step
from store.tables import metadata
from triage.case import Case
from triage.desk import Desk
from triage.parts import OVERSEER
from triage.register import PUBLIC, Entry
from triage.stages import Stage, StageMove
from triage.tasks import PLANNED, before_start, tasks_of

WHOLE = frozenset({OVERSEER, PLANNED})
"""Whether these are there depends on more of a use than its tasks and who took which part."""


def _of_use(table: str) -> Those:
    found = metadata.tables[table]
    order = (found.c.use_id, found.c.version, found.c.id)
    return Those(lambda ids: alchemy.select(found).where(found.c.use_id.in_(ids)).order_by(*order))


STEPS, APPOINTMENTS = _of_use("task_step"), _of_use("appointment")


def not_begun(session: Session, entries: Iterable[Entry], desk: Desk) -> dict[str, Case]:
    """Of what is approved, that for which something has to be there first, by id: with what that is, and who has it.

    Of each as much as tells that; it is no case to act on.
    """
    ideas = {each.id: each for each in entries if each.status in PUBLIC and each.stage == Stage.idea.value}
    if not ideas:
        return {}
    steps = _by_use(STEPS.within(session, tuple(ideas)))
    called = [id for id in ideas if id in steps]
    said = _by_use(APPOINTMENTS.within(session, called)) if called else {}
    found = (_told(ideas[id], steps[id], said.get(id, ())) for id in called)
    return {case.id: case for case in _early(session, found, desk)}


def _early(session: Session, cases: Iterable[Case], desk: Desk) -> Iterator[Case]:
    for case in cases:
        if not {task.task for task in tasks_of(case)} & WHOLE:
            seen: Case | None = case
        else:
            seen = load(session, case.id)
        if seen is not None and before_start(seen, desk):
            yield seen


def _told(use: Entry, steps: Sequence[Any], said: Sequence[Any]) -> Case:
    return Case(
        id=use.id,
        ref=use.ref,
        status=use.status,
        requester=use.requester or "",
        owner=use.owner,
        stage_moves=(StageMove(id=use.id, to=Stage.idea, at=use.updated_at),),
        task_steps=tuple(map(to_step, steps)),
        appointments=tuple(map(to_appointment, said)),
        created_at=use.updated_at,
    )


def _by_use(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.use_id].append(row)
    return found
