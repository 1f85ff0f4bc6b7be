"""What falls due, as rows: made and moved with the case in its transaction, each kind once for each term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, bindparam, exists, or_
from sqlalchemy import select as plain_select
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from store import climb, leaving
from store.acknowledged import SUBJECT
from store.asking import A_MINUTE, ASK, TO_READ
from store.campaigns import CAMPAIGN
from store.counting import COUNTING
from store.direct import Read
from store.records import USE, load
from store.silent import ASIDE
from store.stuck import TERMS, go_through, is_about
from store.tables import AssignmentRow, DueRow, UseRow, metadata
from store.trained import SUBJECT as TRAINING
from triage.case import Case, Status
from triage.deadlines import Kind, last_given, steps
from triage.desk import Desk
from triage.lifecycle import WAITING
from triage.missing import NAME as FACTS

KINDS: tuple[Kind, ...] = ("reminder", "escalation")
AT_ONCE = 50
RUNNING = [Status.in_review.value, Status.blocked.value]
_due = metadata.tables["due"].c
_fell = (
    plain_select(_due.id)
    .where(_due.state == "waiting", _due.due_at <= bindparam("now"), _due.kind != ASIDE)
    .order_by(_due.due_at, _due.id)
    .limit(bindparam("most"))
)
# Looked at every minute, mostly in vain.
_asks = or_(_due.subject_kind == ASK, _due.subject_kind == TO_READ)
RIPE, ASKED = Read(_fell.where(~_asks)), Read(_fell.where(_asks))
WAITS = [status.value for status in WAITING]


def follow(session: Session, before: Case | None, case: Case, desk: Desk) -> bool:
    """What was done stays done, unless the term begins anew: then its moment lies ahead again.

    Says whether anything that may be waiting for somebody is other than before.
    """
    climb.put_off(session, before, case, desk)
    terms, climbs = _follow_terms(session, before, case, desk), climb.follow(session, before, case, desk)
    return terms or climbs


def _follow_terms(session: Session, before: Case | None, case: Case, desk: Desk) -> bool:
    wanted = steps(case, desk)
    if before is not None and wanted == steps(before, desk):
        return False
    last = {kind: _last(session, case.id, kind) for kind in KINDS}
    for kind in KINDS:
        row, at = last[kind], wanted.get(kind)
        if at is None:
            _drop(session, row)
        elif row is None or (row.state == "done" and at > desk.now):
            _add(session, case.id, kind, step=row.step + 1 if row else 0, at=at)
        elif row.state != "done":
            row.state, row.due_at = "waiting", at
            session.add(row)
    return True


def vacate(session: Session, person: str, *, now: datetime) -> None:
    """Somebody's account is closed: each request they were given last is looked at, once for each giving, and what they
    answered for.
    """
    leaving.note(session, person, now=now)
    given = (
        select(AssignmentRow.use_id)
        .join(UseRow)
        .where(AssignmentRow.person_id == person, col(UseRow.state).in_(WAITS))
        .distinct()
    )
    for id in session.exec(given).all():
        case = load(session, id)
        last = last_given(case) if case else None
        if case is None or last is None or last.person != person:
            continue
        step = case.assignments.index(last)
        known = select(DueRow.id).where(*_of(id, "vacancy"), DueRow.step == step)
        if session.exec(known).first() is None:
            _add(session, id, "vacancy", step=step, at=now)


def catch_up(session: Session, desk: Desk) -> None:
    """Requests that were handed in before rows were made for them."""

    def follow_it(id: str) -> None:
        if (case := load(session, id)) is not None:
            follow(session, None, case, desk)

    go_through(session, TERMS, session.exec(_missing().limit(AT_ONCE)).all(), follow_it, desk.now)


def is_missing(session: Session) -> bool:
    return session.exec(_missing().limit(1)).first() is not None


def _missing() -> SelectOfScalar[str]:
    followed, damaged = (
        exists().where(*_of(UseRow.id, "escalation")),
        exists().where(*is_about(TERMS, UseRow.id)),
    )
    runs = col(UseRow.state).in_(RUNNING), col(UseRow.due_at).is_not(None)
    return select(UseRow.id).where(*runs, ~followed, ~damaged)


def found(session: Session, *, now: datetime, limit: int = AT_ONCE) -> list[str]:
    """What fell due, the longest ago first, by its id; behind all of it a few of whom something is asked."""
    connection = session.connection()
    rows = RIPE.all(connection, {"now": now, "most": limit})
    asked = ASKED.all(connection, {"now": now, "most": min(A_MINUTE, limit)})
    return [id for (id,) in (*rows, *asked)]


def ripe(session: Session, *, now: datetime, limit: int = AT_ONCE) -> Sequence[DueRow]:
    session.flush()
    wanted = found(session, now=now, limit=limit)
    rows = session.exec(select(DueRow).where(col(DueRow.id).in_(wanted))) if wanted else ()
    return sorted(rows, key=lambda row: (row.subject_kind in (ASK, TO_READ), row.due_at, row.id))


def ahead(session: Session, *, since: datetime, until: datetime) -> Sequence[DueRow]:
    """What falls due between these moments, and is a word to somebody: no term ends there."""
    waiting = select(DueRow).where(
        DueRow.kind.not_in(("escalation", "vacancy", ASIDE)),  # type: ignore[attr-defined]
        col(DueRow.subject_kind).not_in((ASK, CAMPAIGN, TO_READ, SUBJECT, TRAINING)),
        DueRow.state == "waiting",
        DueRow.due_at > since,
        DueRow.due_at < until,
    )
    return session.exec(waiting.order_by(col(DueRow.due_at), col(DueRow.id)).limit(AT_ONCE)).all()


def is_ripe(session: Session, *, now: datetime) -> bool:
    """Whether there may be something to do; cheap, and takes nobody's turn."""
    return bool(found(session, now=now, limit=1))


def of_owner(session: Session, person: str, kind: str) -> Sequence[DueRow]:
    """What waits of that kind on what somebody owns."""
    mine = select(UseRow.id).where(UseRow.owner_id == person)
    wanted = select(DueRow).where(DueRow.subject_kind == USE, col(DueRow.subject_id).in_(mine))
    waiting = wanted.where(DueRow.kind == kind, DueRow.state == "waiting")
    return session.exec(waiting.order_by(col(DueRow.due_at), col(DueRow.id)).limit(AT_ONCE)).all()


def asked_about(session: Session, person: str, *, limit: int) -> Sequence[str]:
    """Uses of theirs of which facts are asked for, or were."""
    mine = select(UseRow.id).where(UseRow.owner_id == person)
    wanted = select(DueRow.subject_id).where(DueRow.subject_kind == USE, col(DueRow.subject_id).in_(mine))
    asked = wanted.where(DueRow.kind == FACTS, DueRow.state != "dropped").distinct()
    return session.exec(asked.order_by(DueRow.subject_id).limit(limit)).all()


def of_step(session: Session, case: str, kind: str, step: int) -> Sequence[DueRow]:
    return session.exec(select(DueRow).where(*_of(case, kind), DueRow.step == step)).all()


def _of(case: Any, kind: str) -> tuple[ColumnElement[bool], ...]:
    return col(DueRow.subject_kind) == USE, col(DueRow.subject_id) == case, col(DueRow.kind) == kind


def _last(session: Session, case: str, kind: str) -> DueRow | None:
    return session.exec(select(DueRow).where(*_of(case, kind)).order_by(col(DueRow.step).desc())).first()


def _add(session: Session, case: str, kind: str, *, step: int, at: datetime) -> None:
    about = {"subject_kind": USE, "subject_id": case}
    session.add(DueRow(id=uuid4().hex, **about, kind=kind, step=step, due_at=at))


def _drop(session: Session, row: DueRow | None) -> None:
    if row is not None and row.state == "waiting":
        row.state = "dropped"
        session.add(row)


def next_at(session: Session) -> datetime | None:
    """When the next thing falls due that waits now, of uses and of incidents."""
    soonest = select(func.min(DueRow.due_at))
    found = [session.exec(soonest.where(DueRow.state == state)).one() for state in ("waiting", COUNTING)]
    return min((at for at in found if at is not None), default=None)
