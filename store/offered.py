"""What nobody answers for, by unit, and what stood in which message about it: everything that was sent is evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from store import audit, outbox
from store.addresses import OPEN, stands, went_out
from store.records import USE, load
from store.tables import DueRow, OfferRow, OutboxRow, PersonRow, UseRow
from triage.case import Case, Status
from triage.desk import Desk
from triage.disclosures import AMNESTY
from triage.orphans import OWNED, free_until, is_free

UNIT, OFFER = "unit", "offer"
"""What such a message is about, and what it is called where messages are owed."""
REST = ""
"""The unit of what has none, or none with a channel."""
PRIORITY = 2
MOST = {"orphans": 10, "claims": 5}
"""So many stand in one message, the riskiest first."""
MESSAGES = 4
"""So many of the newest messages in which a use stands are drawn again."""


class Place(NamedTuple):
    """A channel, or somebody."""

    place: str | None
    person: str | None


def free(session: Session, kind: str, unit: str, desk: Desk, *, since: datetime | None = None) -> list[Case]:
    """The riskiest first, no more than a message shows. `since`: only what came, or lost its owner, after that."""
    risk = func.coalesce(col(UseRow.tier_final), col(UseRow.tier_ceiling), 0)
    which = (*_free(kind, unit, desk), *_newer(since))
    wanted = select(UseRow.id).where(*which).order_by(risk.desc(), col(UseRow.id))
    cases = [load(session, id) for id in session.exec(wanted.limit(MOST[kind])).all()]
    return [case for case in cases if case is not None and is_free(case, desk)]


def count(session: Session, kind: str, unit: str, desk: Desk, *, since: datetime | None = None) -> int:
    which = (*_free(kind, unit, desk), *_newer(since))
    return session.exec(select(func.count()).select_from(UseRow).where(*which)).one()


def _newer(since: datetime | None) -> tuple[ColumnElement[bool], ...]:
    if since is None:
        return ()
    left = select(PersonRow.id).where(col(PersonRow.gone_at) > since)
    return (or_(col(UseRow.created_at) > since, col(UseRow.owner_id).in_(left)),)


def any_unclaimed(session: Session) -> bool:
    wanted = select(UseRow.id).where(*_unclaimed())
    return session.exec(wanted.limit(1)).first() is not None


def _unclaimed() -> tuple[ColumnElement[bool], ...]:
    """Nobody has said that it is theirs, or whoever did has left; what an amnesty was told of is offered to nobody."""
    unnamed = func.coalesce(col(UseRow.discovered_via), "") == AMNESTY
    nobody = or_(col(UseRow.owner_id).is_(None) & ~unnamed, col(UseRow.owner_id).in_(_gone()))
    return col(UseRow.state) == Status.disclosed.value, nobody


def _gone() -> SelectOfScalar[str]:
    return select(PersonRow.id).where(col(PersonRow.gone_at).is_not(None))


def _free(kind: str, unit: str, desk: Desk) -> tuple[ColumnElement[bool], ...]:
    """Nobody outside of its readers hears of a confidential one."""
    named = func.coalesce(col(UseRow.unit), "")
    where = named == unit if unit != REST else named.not_in(sorted(desk.units))
    if kind == "claims":
        return *_unclaimed(), where, ~col(UseRow.confidential)
    alone = col(UseRow.owner_id).is_(None) & col(UseRow.requester_id).in_(_gone())
    states = [each.value for each in OWNED]
    left = or_(col(UseRow.owner_id).in_(_gone()), alone)
    return col(UseRow.state).in_(states), left, where, ~col(UseRow.confidential)


def held(session: Session, person: str, desk: Desk) -> set[str]:
    """Where it is asked whose an inventory's uses are that this person answers for."""
    mine = (*_unclaimed(), col(UseRow.owner_id) == person, ~col(UseRow.confidential))
    units = session.exec(select(UseRow.unit).where(*mine).distinct()).all()
    return {unit if unit and unit in desk.units else REST for unit in units}


def write(session: Session, row: DueRow, place: Place, cases: Sequence[Case], desk: Desk) -> None:
    """One message, in the place of the one before; a line of the trail for each use in it."""
    for number, case in enumerate(cases, 1):
        until = free_until(case, desk)
        session.add(_row(row, place, case, number, desk))
        detail: dict[str, audit.Machine] = {"kind": row.kind, "step": row.step, "unit": row.subject_id}
        detail |= {"people": [place.person]} if place.person else {}
        detail |= {"until": until.isoformat()} if until else {}
        detail |= {"ref": case.ref} if case.ref else {}
        audit.append(
            session,
            "owner.offered",
            actor=None,
            subject_kind=USE,
            subject_id=case.id,
            detail=detail | {"status": case.status.value},
            at=desk.now,
        )
    session.flush()
    _put(session, row.kind, row.subject_id, place, desk, how="post")


def _row(row: DueRow, place: Place, case: Case, number: int, desk: Desk) -> OfferRow:
    return OfferRow(
        id=uuid4().hex,
        unit=row.subject_id,
        place_id=place.place,
        person_id=place.person,
        use_id=case.id,
        kind=row.kind,
        step=row.step,
        number=number,
        day=desk.day,
        until=free_until(case, desk),
        at=desk.now,
    )


def _put(session: Session, kind: str, unit: str, place: Place, desk: Desk, *, how: str) -> None:
    outbox.put(
        session,
        kind=how,
        place_id=place.place,
        person_id=place.person,
        subject_kind=UNIT,
        subject_id=f"{kind}:{unit}",
        purpose=OFFER,
        payload={"say": OFFER, "kind": kind, "unit": unit},
        priority=PRIORITY,
        coalesce=_name(kind, unit, place),
        now=desk.now,
    )


def _name(kind: str, unit: str, place: Place) -> str:
    return f"{OFFER}:{kind}:{unit}:{place.place or place.person}"


def shown(session: Session, kind: str, unit: str) -> list[str]:
    """The uses of the newest message, in its order."""
    last = newest(session, kind, unit)
    return [row.use_id for row in _rows(session, kind, unit, last)] if last is not None else []


def newest(session: Session, kind: str, unit: str) -> int | None:
    """The step of the newest message."""
    mine = (OfferRow.unit == unit, OfferRow.kind == kind)
    return session.exec(select(func.max(OfferRow.step)).where(*mine)).one()


def asked_last(session: Session, use: str) -> tuple[str, int] | None:
    """The unit that was last asked whether it is theirs, and the step of that message."""
    mine = (OfferRow.use_id == use, OfferRow.kind == "claims")
    wanted = select(OfferRow).where(*mine).order_by(col(OfferRow.at).desc(), col(OfferRow.step).desc())
    row = session.exec(wanted.limit(1)).first()
    return (row.unit, row.step) if row is not None else None


def was_answered(session: Session, kind: str, unit: str, step: int) -> bool:
    """Whether anything that stood there was settled since; nothing stood there where all was settled before."""
    ids = [row.use_id for row in _rows(session, kind, unit, step)]
    if not ids:
        return True
    still = select(func.count()).select_from(UseRow).where(col(UseRow.id).in_(ids), *_unclaimed())
    return session.exec(still).one() < len(ids)


def told_at(session: Session, kind: str, unit: str, step: int) -> datetime | None:
    rows = _rows(session, kind, unit, step)
    return rows[0].at if rows else None


def _rows(session: Session, kind: str, unit: str, step: int) -> Sequence[OfferRow]:
    mine = (OfferRow.unit == unit, OfferRow.kind == kind, OfferRow.step == step)
    return session.exec(select(OfferRow).where(*mine).order_by(col(OfferRow.number))).all()


def redraw(session: Session, before: Case | None, case: Case, desk: Desk) -> list[tuple[str, str]]:
    """The messages in which it stands, once somebody answers for it, or it is over, or only some may read it; which."""
    if before is None or _plain(before) == _plain(case):
        return []
    rows = select(OfferRow).where(OfferRow.use_id == case.id).order_by(col(OfferRow.at).desc())
    newest = session.exec(rows.limit(MESSAGES)).all()
    found = []
    for kind, unit, *where in dict.fromkeys((r.kind, r.unit, r.place_id, r.person_id) for r in newest):
        place = Place(*where)
        if case.id in shown(session, kind, unit) and _went_out(session, kind, unit, place):
            _put(session, kind, unit, place, desk, how="update")
            found.append((kind, unit))
    return found


def _went_out(session: Session, kind: str, unit: str, place: Place) -> bool:
    about, name = f"{kind}:{unit}", _name(kind, unit, place)
    if place.person:
        return went_out(session, about, OFFER, place.person, name)
    waits = select(OutboxRow.id).where(
        OutboxRow.coalesce == name, OutboxRow.kind == "post", col(OutboxRow.state).in_(OPEN)
    )
    if session.exec(waits.limit(1)).first() is not None:
        return True
    return place.place is not None and bool(stands(session, about, OFFER, place.place, kind=UNIT))


def _plain(case: Case) -> tuple[object, ...]:
    return case.owner, case.status, case.confidential, case.unit


def stood(session: Session, use: str) -> bool:
    """Whether it was offered in a channel, where everybody read it."""
    wanted = select(OfferRow.id).where(OfferRow.use_id == use, col(OfferRow.place_id).is_not(None))
    return session.exec(wanted.limit(1)).first() is not None
