"""Plain reads of the register; each takes a reader, and one filter decides what that reader may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as alchemy
from sqlalchemy import ColumnElement, and_, bindparam, not_, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from store import employees
from store.conditions import counting
from store.direct import Those
from store.tables import (
    AnswerSetRow,
    ConversationRow,
    DecisionRow,
    DoneRow,
    InquiryRow,
    ResultRow,
    UseRow,
    metadata,
)
from store.visibility import handed_in, visible
from triage.case import Status
from triage.lifecycle import WAITING
from triage.register import PUBLIC, Entry, Reader, Veiled
from triage.running import APPROVALS

WAITS = frozenset(status.value for status in WAITING)
AT_ONCE = 500
"""Ids in one question."""
FEW = 20
"""Up to so many, as a page has, the statement is kept for each number of them."""
COLUMNS = tuple(metadata.tables["use"].c)
SUMMARY = 400
"""So much of the words of what has no title yet; whoever shows it cuts it where a word ends, and says so."""


def entries(
    session: Session,
    reader: Reader,
    *,
    states: Iterable[Status] = (),
    tool: str | None = None,
    limit: int | None = 100,
    confidential: bool = True,
) -> tuple[Entry, ...]:
    """Uses that `reader` may see, newest first; `limit` None: all of them; those that are confidential unless not."""
    query = _entries(reader, tuple(state.value for state in states), tool is not None, limit, confidential)
    rows = session.exec(query, params={} if tool is None else {"tool": tool}).all()
    return told(session, rows, all_of_them=limit is None)


def told(session: Session, rows: Sequence[Any], *, all_of_them: bool = False) -> tuple[Entry, ...]:
    """As entries, in that order."""
    conditions = counting(session, None if all_of_them else [row.id for row in rows])
    again = _approved_before(session, rows)
    return tuple(to_entry(session, row, conditions.get(row.id, ()), again) for row in rows)


@lru_cache(maxsize=128)
def _entries(
    reader: Reader, states: tuple[str, ...], of_tool: bool, limit: int | None, confidential: bool
) -> SelectOfScalar[UseRow]:
    """Made once: to make it takes longer than to ask it."""
    query = select(UseRow).where(visible(reader))
    if states:
        query = query.where(col(UseRow.state).in_(states))
    if of_tool:
        query = query.where(col(UseRow.tool_id) == bindparam("tool"))
    if not confidential:
        query = query.where(col(UseRow.confidential).is_(False))
    return query.order_by(col(UseRow.updated_at).desc(), col(UseRow.ref)).limit(limit)


def _approved_before(session: Session, rows: Iterable[Any]) -> frozenset[str]:
    """Of those that wait, the uses that were approved once, in one question to the database if any wait."""
    waiting = [row.id for row in rows if row.state in WAITS]
    if not waiting:
        return frozenset()
    if len(waiting) <= FEW:
        return frozenset(row.subject_id for row in APPROVED.within(session, waiting))
    which = col(DecisionRow.subject_id).in_(waiting)
    if len(waiting) > AT_ONCE:
        which = col(DecisionRow.subject_id).in_(select(UseRow.id).where(col(UseRow.state).in_(WAITS)))
    return frozenset(session.exec(select(DecisionRow.subject_id).where(which, _is_approval())))


def _is_approval() -> ColumnElement[bool]:
    return col(DecisionRow.kind).in_(sorted(kind.value for kind in APPROVALS))


APPROVED = Those(
    lambda ids: select(DecisionRow.subject_id).where(col(DecisionRow.subject_id).in_(ids), _is_approval())
)


def entry(session: Session, reader: Reader, ref: str) -> Entry | None:
    """The use of that reference, or None where there is none that `reader` may see."""
    row = session.exec(select(UseRow).where(UseRow.ref == ref.strip().upper(), visible(reader))).first()
    return to_entry(session, row) if row else None


def veiled(session: Session, reader: Reader) -> tuple[Veiled, ...]:
    """Confidential uses of which this reader sees no more, where an open one would be seen; the latest first."""
    if reader.outsider:
        return ()
    shown = handed_in() if reader.oversees else col(UseRow.state).in_(sorted(PUBLIC))
    query = (
        select(UseRow)
        .where(shown, col(UseRow.confidential).is_(True), not_(visible(reader)), col(UseRow.ref).is_not(None))
        .order_by(col(UseRow.ref).desc())
    )
    return tuple(Veiled(ref=str(row.ref), tier=_tier(row)) for row in session.exec(query))


def _tier(row: Any) -> tuple[int, int] | None:
    return (row.tier_floor, row.tier_ceiling) if row.tier_floor and row.tier_ceiling else None


def id_of(session: Session, ref: str) -> str | None:
    """Whoever may see it: for those who run the program."""
    return session.exec(select(UseRow.id).where(UseRow.ref == ref.strip().upper())).first()


def form_judged_by(session: Session, use: str) -> str | None:
    """The digest of the form by which its latest verdict was given."""
    query = select(AnswerSetRow.form_digest).join(ResultRow, col(ResultRow.answer_set_id) == AnswerSetRow.id)
    query = query.where(ResultRow.subject_kind == "use", ResultRow.subject_id == use)
    return session.exec(query.order_by(col(ResultRow.version).desc())).first()


def may_see(session: Session, reader: Reader, case: str) -> bool:
    return session.exec(select(UseRow.id).where(UseRow.id == case, visible(reader))).first() is not None


def mine(session: Session, person: str) -> tuple[Entry, ...]:
    """What a person asked for, drafts included, and what they own since it was handed in; withdrawn ones left out."""
    query = select(UseRow).where(*of_person(person)).order_by(col(UseRow.updated_at).desc())
    return told(session, session.exec(query.limit(50)).all())


def of_person(person: Any) -> tuple[ColumnElement[bool], ...]:
    """What they asked for, drafts included, and what they own since it was handed in; withdrawn ones left out."""
    return (
        or_(col(UseRow.requester_id) == person, and_(col(UseRow.owner_id) == person, handed_in())),
        col(UseRow.state) != Status.withdrawn.value,
    )


@cache
def _these() -> Any:
    return select(UseRow).where(col(UseRow.id).in_(bindparam("ids", expanding=True)))


THESE = Those(lambda ids: alchemy.select(*COLUMNS).where(col(UseRow.id).in_(ids)))


def named(session: Session, ids: Sequence[str]) -> tuple[Entry, ...]:
    """Those, in that order; for who looked already whether they may be seen."""
    if not ids:
        return ()
    few = len(ids) <= FEW
    found = THESE.within(session, ids) if few else session.exec(_these(), params={"ids": list(ids)})
    rows = {row.id: row for row in found}
    return told(session, [rows[id] for id in ids if id in rows])


def open_talks(session: Session, person: str) -> Sequence[ConversationRow]:
    """Conversations in which something waits for a person: an interview, or a reviewer's question; latest first."""
    asked = (
        select(InquiryRow.use_id)
        .join(UseRow, col(UseRow.id) == InquiryRow.use_id)
        .where(InquiryRow.state == "open", UseRow.state == Status.needs_info.value)
    )
    waits = or_(col(ConversationRow.status) != "closed", col(ConversationRow.use_id).in_(asked))
    return session.exec(
        select(ConversationRow)
        .where(ConversationRow.person_id == person, waits)
        .order_by(col(ConversationRow.updated_at).desc())
    ).all()


def talk_at(session: Session, place: str, root: str) -> ConversationRow | None:
    """The conversation in one thread."""
    return session.exec(
        select(ConversationRow).where(ConversationRow.place_id == place, ConversationRow.root_ts == root)
    ).first()


def talk_that_heard(session: Session, key: str) -> ConversationRow | None:
    """The conversation about the case in which the words of that key were heard."""
    return session.exec(
        select(ConversationRow)
        .join(DoneRow, col(DoneRow.subject_id) == ConversationRow.use_id)
        .where(DoneRow.key == key)
    ).first()


def to_entry(
    session: Session,
    row: Any,
    conditions: Sequence[str] | None = None,
    again: Collection[str] | None = None,
) -> Entry:
    """`conditions`, and `again`, all that were approved before and wait: where they are known already."""
    conditions = counting(session, [row.id]).get(row.id, ()) if conditions is None else conditions
    eu = (row.eu_floor, row.eu_ceiling) if row.eu_floor and row.eu_ceiling else None
    return Entry(
        id=row.id,
        ref=row.ref,
        title=row.title or row.summary[:SUMMARY],
        status=Status(row.state),
        tool_id=row.tool_id,
        tool_name=row.tool_name or "",
        unit=row.unit or "",
        owner=row.owner_id,
        requester=row.requester_id,
        stage=row.stage or "",
        tier=_tier(row),
        eu=eu,
        conditions=tuple(conditions),
        due_at=row.due_at,
        review_on=row.next_review_on,
        handed_in=row.submitted_at is not None,
        again=row.id in (_approved_before(session, [row]) if again is None else again),
        updated_at=row.updated_at,
    )


def are_more_than(session: Session, most: int) -> bool:
    """Whether so many uses are on record, drafts included; looks no further."""
    return len(session.exec(select(UseRow.id).limit(most + 1)).all()) > most


def unit_of(session: Session, person: str, named: Sequence[str]) -> str:
    """The unit a person named last, else theirs by the people file as the organisation spells it; "" for neither.

    `named`: those of the organisation; what the file says beside them is none of them.
    """
    if unit := _usual_unit(session, person):
        return unit
    theirs = employees.units_of(session, [person]).get(person, "")
    return next((unit for unit in named or (theirs,) if unit.casefold() == theirs.casefold()), "")


def _usual_unit(session: Session, person: str) -> str:
    query = (
        select(UseRow.unit)
        .where(
            UseRow.requester_id == person,
            col(UseRow.unit).is_not(None),
            col(UseRow.submitted_at).is_not(None),
        )
        .order_by(col(UseRow.submitted_at).desc())
    )
    return session.exec(query).first() or ""
