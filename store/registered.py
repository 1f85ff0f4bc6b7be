"""Every judged use as rules see it, in one pass over the register: two readings side by side, and flat memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as alchemy
from sqlalchemy import func
from sqlmodel import Session

from intake.answers import Answer, State
from store.legible import UNREADABLE, as_it_lies
from store.records import USE
from store.tables import metadata
from triage.case import Status
from triage.rehearsing import Registered

_use, _set = metadata.tables["use"], metadata.tables["answer_set"]
_fact, _result = metadata.tables["fact"], metadata.tables["result"]
Raw = Callable[[Any, Any], Any]
"""How the text of a JSON cell is read."""
Order = Callable[[Any], Any]
"""How ids are sorted."""
_newest = (
    alchemy.select(_result.c.subject_id, func.max(_result.c.version).label("version"))
    .where(_result.c.subject_kind == USE)
    .group_by(_result.c.subject_id)
    .subquery()
)
AT_ONCE = 500
_title = alchemy.case((_use.c.confidential, ""), else_=_use.c.title).label("title")
"""What rules would do is told where everybody reads along: of a confidential use without what it is about."""


def _uses(without: Collection[Status], raw: Raw, order: Order) -> Any:
    verdict = raw(_result.c.verdict, alchemy.Text()).label("verdict")
    newest = alchemy.and_(
        _result.c.subject_kind == USE,
        _result.c.subject_id == _use.c.id,
        _result.c.version == _newest.c.version,
    )
    return (
        alchemy.select(
            _use.c.id, _use.c.ref, _use.c.source_id, _title, _use.c.state, _use.c.confidential, verdict
        )
        .join(_newest, _newest.c.subject_id == _use.c.id)
        .join(_result, newest)
        .where(_use.c.state.notin_([status.value for status in without]))
        .order_by(order(_use.c.id))
    )


def _facts(raw: Raw, order: Order) -> Any:
    value = raw(_fact.c.value, alchemy.Text()).label("value")
    return (
        alchemy.select(_set.c.subject_id, _fact.c.question, _fact.c.state, value)
        .join(_set, _fact.c.answer_set_id == _set.c.id)
        .where(_set.c.subject_kind == USE)
        .order_by(order(_set.c.subject_id), _fact.c.id)
    )


def count(session: Session, *, without: Collection[Status] = ()) -> int:
    """How many uses were ever judged; those in a status of `without` are not counted."""
    counted = (
        alchemy.select(func.count())
        .select_from(_newest)
        .join(_use, _use.c.id == _newest.c.subject_id)
        .where(_use.c.state.notin_([status.value for status in without]))
    )
    return int(session.connection().execute(counted).scalar_one())


def registered(
    session: Session,
    *,
    without: Collection[Status] = (),
    unreadable: Callable[[str], None] | None = None,
) -> Iterator[Registered]:
    """In the order of their ids, with the newest answer to each question; `without` those in such a status.

    A use whose verdict or facts nobody can read is left out, and `unreadable` told its name.
    """
    connection = session.connection()
    reading = connection.execution_options(yield_per=AT_ONCE)
    on_sqlite = connection.dialect.name == "sqlite"
    # Both streams in the order of bytes, whatever language the database sorts by: they are laid side by side here.
    how = (alchemy.type_coerce, _as_it_is) if on_sqlite else (alchemy.cast, _by_bytes)
    with (
        as_it_lies(session),
        reading.execute(_facts(*how)) as said,  # more of them than of uses, where some are left out
        reading.execute(_uses(without, *how)) as uses,
    ):
        facts = groupby(said, key=lambda row: _place(row.subject_id))
        at, given = next(facts, (None, iter(())))
        for row in uses:
            place = _place(row.id)
            while at is not None and at < place:
                at, given = next(facts, (None, iter(())))
            own = list(given) if at == place else []
            try:
                yield _registered(row, own)
            except UNREADABLE:
                if unreadable is not None:
                    unreadable(row.ref or row.source_id or row.id)


def _as_it_is(column: Any) -> Any:
    return column


def _by_bytes(column: Any) -> Any:
    return alchemy.collate(column, "C")


def _place(id: str) -> bytes:
    return id.encode("utf-8", "surrogateescape")


def _registered(row: Any, facts: list[Any]) -> Registered:
    answers = {fact.question: Answer(state=State(fact.state), picked=_picked(fact.value)) for fact in facts}
    verdict = json.loads(row.verdict)
    return Registered(
        name=row.ref or row.source_id or row.id,
        title=row.title,
        status=Status(row.state),
        answers=answers,
        stated={name: tuple(values) for name, values in verdict.get("stated", {}).items()},
        confidential=bool(row.confidential),
    )


def _picked(value: str | None) -> tuple[str, ...]:
    picked = json.loads(value) if value is not None else None
    if not isinstance(picked, list | None):
        raise TypeError("an answer is a list")
    return tuple(picked or ())
