"""How the whole register stands, counted by the clock and kept for Home; and the uses behind each of its figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, not_
from sqlmodel import Session, col, func, select

from store.conditions import COUNTS, IN_USE, not_handed_in
from store.digest_flow import FACTS, HELD, HIGHEST, LOWEST, bound, stock
from store.digest_places import reviews
from store.digest_then import Then
from store.lists import Span
from store.queries import told
from store.reviews import waits_open
from store.tables import ConditionRow, DecisionRow, DoneRow, LackRow, ReviewStepRow, UseRow
from store.visibility import visible
from triage.case import Status
from triage.figures import Lack
from triage.overview import OPEN, Overview
from triage.register import Entry, Reader

KEY = "overview"
"""Under which the figures are kept, beside what else is only there once."""
TO_DECIDE = (Status.in_review.value, Status.blocked.value)
NOT_HERE = (Status.draft.value, Status.withdrawn.value)


def count(session: Session, now: datetime, day: date) -> Overview:
    """In the very sums of a digest, so that both say the same."""
    then = Then(session, now)
    standing, _, empty = stock(then, now)
    rows = then.rows(f"""SELECT l.fact AS fact, count(*) AS uses FROM lack l JOIN use u ON u.id = l.use_id
        WHERE u.state IN {HELD} GROUP BY l.fact""")
    lacks = (*empty, *(Lack(fact=row.fact, uses=row.uses) for row in rows))
    waiting = reviews(then, day.isoformat())
    return Overview(
        at=now,
        stock=standing,
        conditions=bound(then, day.isoformat(), day.isoformat()).overdue,
        reviews=waiting.overdue if waiting else 0,
        lacks=tuple(sorted(lacks, key=lambda each: (-each.uses, each.fact))),
    )


def kept(session: Session) -> Overview | None:
    row = session.get(DoneRow, KEY)
    return Overview.model_validate(row.outcome) if row is not None else None


def keep(session: Session, found: Overview) -> None:
    row = session.get(DoneRow, KEY) or DoneRow(key=KEY, at=found.at)
    row.outcome, row.at = found.model_dump(mode="json"), found.at
    session.add(row)


def behind(
    session: Session, reader: Reader, about: str, value: str, now: datetime, day: date, span: Span
) -> tuple[tuple[Entry, ...], bool]:
    """The uses that a figure counts and this reader sees, and whether there are more."""
    query = _behind(about, value, now, day).where(visible(reader))
    rows = session.exec(query.offset(span.start).limit(span.most + 1)).all()
    return told(session, rows[: span.most]), len(rows) > span.most


def _behind(about: str, value: str, now: datetime, day: date) -> Any:
    use, latest = select(UseRow), (col(UseRow.ref).desc(), UseRow.id)
    state = col(UseRow.state)
    if about == "state":
        return use.where(state == value).order_by(*latest)
    if about == "tier":
        return use.where(_of_tier(value), state.not_in(NOT_HERE)).order_by(*latest)
    if about == "overdue":
        late = col(UseRow.due_at) < now
        return use.where(state.in_(TO_DECIDE), late).order_by(col(UseRow.due_at), UseRow.id)
    if about == "conditions":
        first = _unmet(day).subquery()
        return use.join(first, first.c.use_id == UseRow.id).order_by(first.c.due_on, UseRow.id)
    if about == "reviews":
        opened = select(ReviewStepRow.use_id).where(waits_open(), col(ReviewStepRow.due_on) < day)
        return use.where(col(UseRow.id).in_(opened)).order_by(col(UseRow.next_review_on), UseRow.id)
    return use.where(_lacks(value), state.in_(IN_USE)).order_by(*latest)


def _of_tier(value: str) -> ColumnElement[bool]:
    """Of what may be anything nothing is known; that is a list of its own."""
    anything = and_(col(UseRow.tier_floor) == LOWEST, col(UseRow.tier_ceiling) == HIGHEST)
    return anything if value == OPEN else and_(col(UseRow.tier_ceiling) == int(value), not_(anything))


def _lacks(fact: str) -> ColumnElement[bool]:
    """A column of the register that is empty, or a question that can still move a result."""
    if fact in FACTS:
        return col(getattr(UseRow, fact)).is_(None)
    return col(UseRow.id).in_(select(LackRow.use_id).where(LackRow.fact == fact))


def _unmet(day: date) -> Any:
    """Of each use with such conditions the first day that went by."""
    held = exists().where(col(UseRow.id) == ConditionRow.use_id, col(UseRow.state).in_(IN_USE))
    return (
        select(ConditionRow.use_id, func.min(ConditionRow.due_on).label("due_on"))
        .join(DecisionRow, COUNTS)
        .where(col(ConditionRow.due_on) < day, held, not_handed_in())
        .group_by(col(ConditionRow.use_id))
    )
