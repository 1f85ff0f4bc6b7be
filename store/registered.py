"""Every judged use as rules see it, in one pass over the register: two readings side by side, and flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as alchemy
from sqlalchemy import func
from sqlmodel import Session

from intake.answers import Answer, State
from store.records import USE
from store.tables import metadata
from triage.case import Status
from triage.rehearsing import Registered

_use, _set = metadata.tables["use"], metadata.tables["answer_set"]
_fact, _result = metadata.tables["fact"], metadata.tables["result"]
_newest = (
    alchemy.select(_result.c.subject_id, func.max(_result.c.version).label("version"))
    .where(_result.c.subject_kind == USE)
    .group_by(_result.c.subject_id)
    .subquery()
)
USES = (
    alchemy.select(_use.c.id, _use.c.ref, _use.c.source_id, _use.c.title, _use.c.state, _result.c.verdict)
    .join(_newest, _newest.c.subject_id == _use.c.id)
    .join(
        _result,
        alchemy.and_(
            _result.c.subject_kind == USE,
            _result.c.subject_id == _use.c.id,
            _result.c.version == _newest.c.version,
        ),
    )
    .order_by(_use.c.id)
)
FACTS = (
    alchemy.select(_set.c.subject_id, _fact.c.question, _fact.c.state, _fact.c.value)
    .join(_set, _fact.c.answer_set_id == _set.c.id)
    .where(_set.c.subject_kind == USE)
    .order_by(_set.c.subject_id, _fact.c.id)
)
AT_ONCE = 500


def count(session: Session) -> int:
    """How many uses were ever judged."""
    counted = alchemy.select(func.count()).select_from(_newest)
    return int(session.connection().execute(counted).scalar_one())


def registered(session: Session) -> Iterator[Registered]:
    """In the order of their ids, with the newest answer to each question."""
    connection = session.connection()
    reading = connection.execution_options(yield_per=AT_ONCE)
    facts = groupby(reading.execute(FACTS), key=lambda row: row.subject_id)
    at, given = next(facts, (None, iter(())))
    for row in reading.execute(USES):
        while at is not None and at < row.id:
            at, given = next(facts, (None, iter(())))
        yield _registered(row, list(given) if at == row.id else [])


def _registered(row: Any, facts: list[Any]) -> Registered:
    answers = {
        fact.question: Answer(state=State(fact.state), picked=tuple(fact.value or ())) for fact in facts
    }
    return Registered(
        name=row.ref or row.source_id or row.id,
        title=row.title,
        status=Status(row.state),
        answers=answers,
        stated={name: tuple(values) for name, values in row.verdict.get("stated", {}).items()},
    )
