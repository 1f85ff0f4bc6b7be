"""Who is asked by which request, as rows: written with the case, and read as somebody's own queue."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as alchemy
from sqlalchemy import ColumnElement, bindparam, delete, exists, insert, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from store.direct import Read
from store.records import load
from store.stuck import ASKS, go_through, is_about, is_clear
from store.tables import AskRow, DoneRow, UseRow, metadata
from store.visibility import anybody, visible, visible_to_me
from triage import movable, movers
from triage.asks import Ask, Turn, is_asked, may_be_asked
from triage.case import Case, DecisionKind, Status
from triage.conditions import Condition, to_look_at
from triage.desk import Desk
from triage.excepting import LEGAL, ROLES
from triage.lifecycle import WAITING
from triage.moved import matter_of
from triage.register import Reader
from triage.seats import asks, seats
from triage.signed import last_said

ASK = metadata.tables["ask"].c
YES, ANSWER, SECOND = "yes", "answer", "second"
AT_ONCE = 200
CAUGHT_UP = "asks"
"""Under which it is noted, beside what else is only there once."""
NOBODY = frozenset[str]()
WAITS = [status.value for status in WAITING]
IN_USE = [Status.approved.value, Status.approved_with_conditions.value]
TURN = {
    YES: [each for each in WAITS if each != Status.needs_info.value],
    SECOND: [*WAITS, *IN_USE],
}
"""While a question waits for whoever asked, it is nobody else's turn to say yes; conditions come after the yes."""


class Waiting(NamedTuple):
    """A request that waits for one person, by its place in their queue."""

    id: str
    ref: str
    due_at: datetime | None
    state: str = ""


def save_asks(session: Session, before: Case | None, case: Case, desk: Desk) -> None:
    """A draft asks nobody, and most of what is done to a request moves nobody's turn."""
    was_kept = before is not None and _asks_anybody(before)
    if not was_kept and not _asks_anybody(case):
        return
    wanted = list(_rows(case, desk))
    if before is not None and was_kept and wanted == list(_rows(before, desk)):
        return
    _write(session, case.id, wanted)


def _asks_anybody(case: Case) -> bool:
    return case.status in WAITING or bool(to_look_at(case))


def _write(session: Session, use: str, rows: list[dict[str, Any]]) -> None:
    session.flush()  # the use that they refer to
    session.connection().execute(delete(AskRow).where(col(AskRow.use_id) == use))
    if rows:
        session.connection().execute(insert(AskRow), rows)


def _rows(case: Case, desk: Desk) -> Iterator[dict[str, Any]]:
    if case.status not in WAITING:
        for one in to_look_at(case):
            yield from _looks(case, one)
        return
    for ask in asks(case, desk):
        yield from _of(case, YES, ask)
    out = tuple(one for one in (case.requester, case.owner, *sorted(case.recused)) if one)
    for role in dict.fromkeys(each.role for each in case.referrals if each.open):
        yield from _of(case, ANSWER, Ask(role, (role,), out))
    said = last_said(case)
    if said is not None and said.kind is DecisionKind.annex_claim:
        first = said.signatures[0]
        for role in ROLES if first.role == LEGAL else (LEGAL,):
            yield from _of(case, SECOND, Ask(role, (role,), (*out, first.person)))
    for motion in (
        movable.waiting(case, desk) if any(d.kind is DecisionKind.motion for d in case.decisions) else ()
    ):
        matter, first = matter_of(motion)[0], motion.signatures[0]
        for asked in movers.roles_for(case, motion, desk):
            yield from _of(case, SECOND, Ask(f"{matter.value} {asked[0]}", asked, (*out, first.person)))


def _looks(case: Case, one: Condition) -> Iterator[dict[str, Any]]:
    """Whoever decides about such a use, and has no part in it nor in what was handed in."""
    had = (*(each.by for each in one.yeses), one.shown.by if one.shown else "")
    out = (case.requester, case.owner, *sorted(case.recused), *had)
    left_out = tuple(dict.fromkeys(each for each in out if each))
    for seat in seats(case):
        name = f"{one.number:03}:{seat.role}"
        yield from _of(case, SECOND, Ask(name, (seat.role, *seat.fallback), left_out))


def _of(case: Case, kind: str, ask: Ask) -> Iterator[dict[str, Any]]:
    for rank, role in enumerate(ask.roles):
        about = {"use_id": case.id, "kind": kind, "seat": ask.seat, "role": role, "rank": rank}
        yield about | {"later": ask.later, "out": list(ask.out)}


def queue(
    session: Session, reader: Reader, desk: Desk, kind: str = YES, *, missing: bool | None = None
) -> tuple[Waiting, ...]:
    """All that waits for this person and that they may see, the most urgent first.

    `missing`: whether rows are missing, where that was asked already.
    """
    roles = reader.roles | (reader.stands_in if kind == YES else NOBODY)
    if not roles:
        return ()
    rows = _queued(anybody(reader), roles, kind).within(session, me=reader.person)
    seats = desk.book.delegable if kind == YES else NOBODY
    turn, waiting = Turn(reader.person, desk), []
    for _, group in groupby(rows, key=itemgetter(0)):
        asked = list(group)
        if turn.is_asked(_read(asked, NOBODY if asked[0].confidential else seats)):
            waiting.append(Waiting(*asked[0][: len(Waiting._fields)]))
    if missing is None:
        missing = is_missing(session)
    if unwritten := list(_unwritten(session, reader, desk, kind)) if missing else []:
        waiting = sorted((*waiting, *unwritten), key=_urgency)
    return tuple(waiting)


@lru_cache(maxsize=256)
def _queued(reader: Reader, roles: frozenset[str], kind: str) -> Read:
    """Made once for all who see as much, with whoever looks as a value: to make it takes longer than to ask it."""
    theirs = select(AskRow.use_id).where(col(AskRow.role).in_(sorted(roles)), AskRow.kind == kind)
    of_use = (UseRow.id, UseRow.ref, UseRow.due_at, UseRow.state)
    of_ask = (AskRow.seat, AskRow.role, AskRow.later, AskRow.out, UseRow.confidential)
    return Read(
        alchemy.select(*of_use, *of_ask)  # type: ignore[call-overload]
        .join(AskRow, col(AskRow.use_id) == UseRow.id)
        .where(
            AskRow.kind == kind,
            col(UseRow.id).in_(theirs),
            col(UseRow.state).in_(TURN.get(kind, WAITS)),
            visible_to_me(reader),
        )
        .order_by(col(UseRow.due_at).nulls_last(), UseRow.ref, UseRow.id, AskRow.seat, AskRow.rank)
    )


def _urgency(one: Waiting) -> tuple[bool, datetime | None, str, str]:
    return one.due_at is None, one.due_at, one.ref, one.id


def _unwritten(session: Session, reader: Reader, desk: Desk, kind: str) -> Iterator[Waiting]:
    """Requests that waited before there were such rows, as long as the first round of a worker has not written them."""
    theirs = _missing().where(visible(reader), col(UseRow.state).in_(TURN.get(kind, WAITS)))
    for id in session.exec(theirs).all():
        if (case := load(session, id)) is None:
            continue
        rows = [AskRow(**each) for each in _rows(case, desk) if each["kind"] == kind]
        rows.sort(key=lambda row: (row.seat, row.rank))
        seats = desk.book.delegable if kind == YES and not case.confidential else NOBODY
        if is_asked(list(_read(rows, seats)), reader.person, desk):
            yield Waiting(case.id, case.ref or "", case.due_at, case.status.value)


def asked_in_confidence(session: Session, person: str, desk: Desk) -> frozenset[str]:
    """The confidential requests that ask this person for anything, now or in a later step."""
    roles = frozenset(role for role in desk.roles if desk.holds(person, role))
    if not roles:
        return NOBODY
    found = groupby(_closed(roles).within(session), key=lambda row: (row.use_id, row.kind))
    return frozenset(
        use for (use, _), rows in found if any(may_be_asked(ask, person, desk) for ask in _read(rows))
    )


@lru_cache(maxsize=64)
def _closed(roles: frozenset[str]) -> Read:
    """Of the few that are confidential those that ask one of these roles for anything."""
    asked = aliased(AskRow)
    closed = select(UseRow.id).where(
        col(UseRow.confidential).is_(True),
        col(UseRow.state).in_(TURN[SECOND]),
        exists().where(col(asked.use_id) == UseRow.id, col(asked.role).in_(sorted(roles))),
    )
    order = ("use_id", "kind", "seat", "rank")
    return Read(alchemy.select(*ASK).where(ASK.use_id.in_(closed)).order_by(*(ASK[name] for name in order)))


def asks_of_roles(
    session: Session, roles: Collection[str], desk: Desk
) -> Iterator[tuple[str, tuple[Ask, ...]]]:
    """The requests of which a seat of the step that is due asks one of these roles, each with all such seats."""
    asked = aliased(AskRow)
    theirs = select(asked.use_id).where(asked.kind == YES, col(asked.role).in_(sorted(roles)))
    query = select(AskRow, UseRow.confidential).join(UseRow, col(UseRow.id) == AskRow.use_id)
    query = query.where(AskRow.kind == YES, col(AskRow.later).is_(False), col(UseRow.state).in_(WAITS))
    query = query.where(col(AskRow.use_id).in_(theirs))
    found = session.exec(query.order_by(AskRow.use_id, AskRow.seat, col(AskRow.rank)))
    for use, rows in groupby(found, key=lambda row: row[0].use_id):
        kept = list(rows)
        delegable = NOBODY if kept[0][1] else desk.book.delegable
        yield use, tuple(_read([row for row, _ in kept], delegable))


def _read(rows: Any, deputies: frozenset[str] = NOBODY) -> Iterator[Ask]:
    """`deputies`: the seats that one may fill."""
    for (seat, later), each in groupby(rows, key=lambda row: (row.seat, row.later)):
        kept = list(each)
        yield Ask(seat, tuple(row.role for row in kept), tuple(kept[0].out), later, seat in deputies)


def catch_up(session: Session, desk: Desk) -> None:
    """Requests that waited before there were such rows; once none is left, that is noted, since none ever comes."""
    if is_noted(session):
        return

    def write(id: str) -> None:
        if (case := load(session, id)) is not None:
            _write(session, id, list(_rows(case, desk)))

    behind = session.exec(_missing().limit(AT_ONCE)).all()
    go_through(session, ASKS, behind, write, desk.now)
    if not behind and is_clear(session, ASKS):
        session.add(DoneRow(key=CAUGHT_UP, at=desk.now))


def is_noted(session: Session) -> bool:
    """Whether every request that waits is known to have its rows."""
    return bool(NOTED.within(session, key=CAUGHT_UP))


def is_missing(session: Session) -> bool:
    return not is_noted(session) and bool(MISSING.within(session))


def _missing() -> SelectOfScalar[str]:
    return select(UseRow.id).where(col(UseRow.state).in_(WAITS), *_not_gone_through())


def _not_gone_through() -> tuple[ColumnElement[bool], ...]:
    kept, damaged = (
        exists().where(col(AskRow.use_id) == UseRow.id),
        exists().where(*is_about(ASKS, UseRow.id)),
    )
    return ~kept, ~damaged


NOTED = Read(select(DoneRow.key).where(DoneRow.key == bindparam("key")))
MISSING = Read(
    select(UseRow.id)
    .where(
        or_(*(col(UseRow.state) == state for state in WAITS)),
        *_not_gone_through(),
    )
    .limit(1)
)
