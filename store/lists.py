"""The lists of Home, a page at a time: each found by an index, whatever else stands in the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from store.conditions import COUNTS, IN_USE, STOPPED
from store.queries import named, of_person, told, visible
from store.records import USE
from store.tables import ConditionRow, ConditionStepRow, DecisionRow, DueRow, SnoozeRow, UseRow
from triage.case import Status
from triage.climbing import PROMISED
from triage.conditions import STOPPED as STOPS
from triage.register import PUBLIC, Entry, Reader

Part = Literal["drafts", "requests", "uses"]
PARTS: tuple[Part, ...] = ("drafts", "requests", "uses")
HELD = (*IN_USE, *STOPPED)
"""Approved once, and not over."""


class Span(NamedTuple):
    """Which of a list are shown: so many from there on."""

    start: int
    most: int


class Bound(NamedTuple):
    """A condition that somebody still has to show as met; `unmet`: its day went by, and something followed."""

    use: Entry
    text: str
    due: date | None
    unmet: bool


class PutOff(NamedTuple):
    """What somebody is reminded of again on that day."""

    use: Entry
    errand: str
    until: date
    reason: str


def own(session: Session, person: str, part: Part, span: Span) -> tuple[tuple[Entry, ...], int]:
    """What a person asked for or answers for, and how many there are behind these."""
    wanted, counted = _own(person, part)
    rows = session.exec(wanted.offset(span.start).limit(span.most)).all()
    return told(session, rows), _behind(session, counted, span, len(rows))


@lru_cache(maxsize=256)
def _own(person: str, part: Part) -> tuple[Any, Any]:
    state = col(UseRow.state)
    narrowed = {
        "drafts": state == Status.draft.value,
        "uses": state.in_(HELD),
        "requests": state.not_in((Status.draft.value, *HELD)),
    }[part]
    wanted = (*of_person(person), narrowed)
    newest = (col(UseRow.updated_at).desc(), UseRow.id)
    soonest = (col(UseRow.next_review_on).nulls_last(), UseRow.ref, UseRow.id)
    order = soonest if part == "uses" else newest
    return (
        select(UseRow).where(*wanted).order_by(*order),
        select(func.count()).select_from(UseRow).where(*wanted),
    )


def _behind(session: Session, counted: Any, span: Span, found: int) -> int:
    """Counted only where there may be more."""
    if found < span.most:
        return 0
    return max(int(session.exec(counted).one()) - span.start - found, 0)


def usable(session: Session, reader: Reader, span: Span) -> tuple[tuple[Entry, ...], bool]:
    """What others asked for and this person may use, the latest first; and whether there are more behind these."""
    wanted = span.start + span.most + 1
    states = [_latest(reader, state, wanted).subquery() for state in sorted(PUBLIC)]
    both = union_all(*(select(each.c.id, each.c.ref) for each in states)).subquery()
    query = select(both.c.id).order_by(both.c.ref.desc(), both.c.id).offset(span.start).limit(span.most + 1)
    ids = list(session.exec(query))
    return named(session, ids[: span.most]), len(ids) > span.most


@lru_cache(maxsize=256)
def _latest(reader: Reader, state: Status, most: int) -> Any:
    """Each state by itself, so that the index on it and the number gives them in order."""
    others = (
        or_(column.is_(None), column != reader.person)
        for column in (col(UseRow.requester_id), col(UseRow.owner_id))
    )
    query = select(UseRow.id, UseRow.ref).where(UseRow.state == state.value, visible(reader), *others)
    return query.order_by(col(UseRow.ref).desc()).limit(most)


def bound(session: Session, person: str, span: Span) -> tuple[tuple[Bound, ...], int]:
    """Conditions of uses that this person answers for, the one due first in front."""
    wanted, counted = _bound(person)
    rows = session.exec(wanted.offset(span.start).limit(span.most)).all()
    uses = _by_id(session, [row.use_id for row in rows])
    found = tuple(Bound(uses[row.use_id], row.text, row.due_on, bool(row.unmet)) for row in rows)
    return found, _behind(session, counted, span, len(rows))


@lru_cache(maxsize=256)
def _bound(person: str) -> tuple[Any, Any]:
    """As `triage.conditions.open_ones` says of one."""
    step, late = aliased(ConditionStepRow), aliased(ConditionStepRow)
    last = (
        select(step.kind)
        .where(step.use_id == ConditionRow.use_id, step.condition_id == ConditionRow.id)
        .order_by(col(step.version).desc(), col(step.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    unmet = exists().where(
        col(late.use_id) == ConditionRow.use_id,
        col(late.condition_id) == ConditionRow.id,
        col(late.kind) == "unmet",
    )
    held = and_(col(UseRow.state).in_(IN_USE), col(ConditionRow.due_on).is_not(None))
    stopped = and_(col(UseRow.state).in_(STOPPED), col(ConditionRow.otherwise).in_(STOPS), unmet)
    wanted = (
        *of_person(person),
        or_(held, stopped),
        func.coalesce(last, "open").not_in(("done", "verified")),
    )

    def asked(*columns: Any) -> Any:
        query = select(*columns).select_from(ConditionRow).join(DecisionRow, COUNTS)
        return query.join(UseRow, col(UseRow.id) == ConditionRow.use_id).where(*wanted)

    told_ = asked(ConditionRow.use_id, ConditionRow.text, ConditionRow.due_on, unmet.label("unmet"))
    return told_.order_by(col(ConditionRow.due_on).nulls_last(), ConditionRow.id), asked(func.count())


def put_off(session: Session, person: str, span: Span) -> tuple[tuple[PutOff, ...], int]:
    """What they wanted to hear of again later and still will, the nearest first."""
    wanted: tuple[ColumnElement[bool], ...] = (
        col(SnoozeRow.by) == person,
        exists().where(
            col(DueRow.subject_kind) == USE,
            col(DueRow.subject_id) == SnoozeRow.use_id,
            col(DueRow.kind) == SnoozeRow.errand,
            col(DueRow.state) == "waiting",
            col(DueRow.step) > PROMISED,
        ),
        ~_again(),
    )
    rows = session.exec(
        select(SnoozeRow)
        .where(*wanted)
        .order_by(col(SnoozeRow.until), col(SnoozeRow.id))
        .offset(span.start)
        .limit(span.most)
    ).all()
    uses = _by_id(session, [row.use_id for row in rows])
    found = tuple(PutOff(uses[row.use_id], row.errand, row.until, row.reason) for row in rows)
    counted = select(func.count()).select_from(SnoozeRow).where(*wanted)
    return found, _behind(session, counted, span, len(rows))


def _again() -> Any:
    """Put off once more since, by whomever: that takes its place."""
    later = aliased(SnoozeRow)
    return exists().where(
        col(later.use_id) == SnoozeRow.use_id,
        col(later.errand) == SnoozeRow.errand,
        col(later.version) > SnoozeRow.version,
    )


def _by_id(session: Session, ids: Sequence[str]) -> dict[str, Entry]:
    return {each.id: each for each in named(session, list(dict.fromkeys(ids)))}
