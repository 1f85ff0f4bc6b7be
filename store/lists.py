"""The lists of Home, a page at a time: each found by an index, whatever else stands in the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

import sqlalchemy as alchemy
from sqlalchemy import Integer, and_, bindparam, exists, or_, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from store.conditions import COUNTS, IN_USE, STOPPED, not_handed_in
from store.direct import Read
from store.queries import COLUMNS, named, of_person, told
from store.records import USE
from store.tables import ConditionRow, ConditionStepRow, DecisionRow, DueRow, SnoozeRow, UseRow, metadata
from store.visibility import ME, anybody, visible_to_me
from triage.case import Status
from triage.climbing import PROMISED
from triage.conditions import STOPPED as STOPS
from triage.register import PUBLIC, Entry, Reader

Part = Literal["drafts", "requests", "uses"]
PARTS: tuple[Part, ...] = ("drafts", "requests", "uses")
SNOOZE = tuple(metadata.tables["snooze"].c)
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
    wanted, counted = _own(part)
    rows = wanted.within(session, **_given(person, span))
    return told(session, rows), _behind(session, counted, person, span, len(rows))


def _given(person: str, span: Span) -> dict[str, Any]:
    return {"me": person, "start": span.start, "most": span.most}


Both = tuple[Read, Read]
"""What finds some of a list, and what counts all of it."""


def _spanned(query: Any) -> Read:
    """Each statement is made once and given its values by name: to make it takes longer than to ask it."""
    return Read(query.offset(bindparam("start", type_=Integer)).limit(bindparam("most", type_=Integer)))


@cache
def _own(part: Part) -> Both:
    state = col(UseRow.state)
    narrowed = {
        "drafts": state == Status.draft.value,
        "uses": state.in_(HELD),
        "requests": state.not_in((Status.draft.value, *HELD)),
    }[part]
    wanted = (*of_person(ME), narrowed)
    newest = (col(UseRow.updated_at).desc(), UseRow.id)
    soonest = (col(UseRow.next_review_on).nulls_last(), UseRow.ref, UseRow.id)
    order = soonest if part == "uses" else newest
    return (
        _spanned(alchemy.select(*COLUMNS).where(*wanted).order_by(*order)),
        Read(select(func.count().label("uses")).select_from(UseRow).where(*wanted)),
    )


def _behind(session: Session, counted: Read, person: str, span: Span, found: int) -> int:
    """Counted only where there may be more."""
    if found < span.most:
        return 0
    (row,) = counted.within(session, me=person)
    return max(int(row[0]) - span.start - found, 0)


def usable(session: Session, reader: Reader, span: Span) -> tuple[tuple[Entry, ...], bool]:
    """What others asked for and this person may use, the latest first; and whether there are more behind these."""
    given = _given(reader.person, span) | {"most": span.most + 1, "each": span.start + span.most + 1}
    ids = [row.id for row in _usable(anybody(reader)).within(session, **given)]
    return named(session, ids[: span.most]), len(ids) > span.most


@lru_cache(maxsize=256)
def _usable(reader: Reader) -> Read:
    """Each state by itself, so that the index on it and the number gives them in order."""
    states = [_latest(reader, state).subquery() for state in sorted(PUBLIC)]
    both = union_all(*(select(each.c.id, each.c.ref) for each in states)).subquery()
    return _spanned(select(both.c.id).order_by(both.c.ref.desc(), both.c.id))


def _latest(reader: Reader, state: Status) -> Any:
    others = (
        or_(column.is_(None), column != ME) for column in (col(UseRow.requester_id), col(UseRow.owner_id))
    )
    query = select(UseRow.id, UseRow.ref).where(UseRow.state == state.value, visible_to_me(reader), *others)
    return query.order_by(col(UseRow.ref).desc()).limit(bindparam("each", type_=Integer))


def bound(session: Session, person: str, span: Span) -> tuple[tuple[Bound, ...], int]:
    """Conditions of uses that this person answers for, the one due first in front."""
    wanted, counted = _bound()
    rows = wanted.within(session, **_given(person, span))
    uses = _by_id(session, [row.use_id for row in rows])
    found = tuple(Bound(uses[row.use_id], row.text, row.due_on, bool(row.unmet)) for row in rows)
    return found, _behind(session, counted, person, span, len(rows))


@cache
def _bound() -> Both:
    """As `triage.conditions.open_ones` says of one."""
    late = aliased(ConditionStepRow)
    unmet = exists().where(
        col(late.use_id) == ConditionRow.use_id,
        col(late.condition_id) == ConditionRow.id,
        col(late.kind) == "unmet",
    )
    held = and_(col(UseRow.state).in_(IN_USE), col(ConditionRow.due_on).is_not(None))
    stopped = and_(col(UseRow.state).in_(STOPPED), col(ConditionRow.otherwise).in_(STOPS), unmet)
    wanted = (*of_person(ME), or_(held, stopped), not_handed_in())

    def asked(*columns: Any) -> Any:
        query = select(*columns).select_from(ConditionRow).join(DecisionRow, COUNTS)
        return query.join(UseRow, col(UseRow.id) == ConditionRow.use_id).where(*wanted)

    rows = asked(ConditionRow.use_id, ConditionRow.text, ConditionRow.due_on, unmet.label("unmet"))
    order = (col(ConditionRow.due_on).nulls_last(), ConditionRow.id)
    return _spanned(rows.order_by(*order)), Read(asked(func.count().label("uses")))


def put_off(session: Session, reader: Reader, span: Span) -> tuple[tuple[PutOff, ...], int]:
    """What they wanted to hear of again later and still will, the nearest first; of what they still see."""
    person, (wanted, counted) = reader.person, _put_off(anybody(reader))
    rows = wanted.within(session, **_given(person, span))
    uses = _by_id(session, [row.use_id for row in rows])
    found = tuple(PutOff(uses[row.use_id], row.errand, row.until, row.reason) for row in rows)
    return found, _behind(session, counted, person, span, len(rows))


@lru_cache(maxsize=256)
def _put_off(reader: Reader) -> Both:
    wanted = (
        col(SnoozeRow.by) == ME,
        exists().where(col(UseRow.id) == SnoozeRow.use_id, visible_to_me(reader)),
        exists().where(
            col(DueRow.subject_kind) == USE,
            col(DueRow.subject_id) == SnoozeRow.use_id,
            col(DueRow.kind) == SnoozeRow.errand,
            col(DueRow.state) == "waiting",
            col(DueRow.step) > PROMISED,
        ),
        ~_again(),
    )
    rows = alchemy.select(*SNOOZE).where(*wanted).order_by(col(SnoozeRow.until), col(SnoozeRow.id))
    return _spanned(rows), Read(select(func.count().label("uses")).select_from(SnoozeRow).where(*wanted))


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
