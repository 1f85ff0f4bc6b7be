"""Legal holds: while one stands, nothing of a use or a person is erased. Lines of the trail, and nothing beside them.

One sets it with a reason; it takes two to lift it: who asks for that, and somebody else who agrees.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import uuid4

from sqlalchemy import Table
from sqlmodel import Session, col, or_, select

from store import audit, people
from store.recounted import SUBJECTS
from store.tables import AuditLineRow, UseRow, metadata
from store.trail import record_of

HOLD, SET, ASKED, LIFTED = "hold", "hold.set", "hold.lift_asked", "hold.lifted"
Kind = Literal["use", "person"]


class Hold(NamedTuple):
    """`about`: an id of that kind; `asked`: who wants it lifted, which somebody else has to agree to."""

    id: str
    kind: str
    about: str
    by: str
    at: str
    asked: str = ""


class Refused(Exception):
    """One word why not."""


def standing(session: Session) -> list[Hold]:
    mark = col(AuditLineRow.sealed).contains(f'"subject":["{HOLD}",', autoescape=True)
    found: dict[str, Hold] = {}
    for sealed in session.exec(select(AuditLineRow.sealed).where(mark).order_by(col(AuditLineRow.seq))):
        line = record_of(sealed)
        if line is None or line.subject[0] != HOLD:
            continue
        id, detail = line.subject[1], line.detail
        if line.what == SET:
            found[id] = Hold(id, str(detail["kind"]), str(detail["about"]), line.actor or "", line.at)
        elif line.what == ASKED and id in found:
            found[id] = found[id]._replace(asked=line.actor or "")
        elif line.what == LIFTED:
            found.pop(id, None)
    return list(found.values())


def against(session: Session, person: str | None) -> list[str]:
    """The holds that keep a person from being erased: on them, or on a use in which they have a part."""
    found = standing(session)
    if not found or person is None:
        return [each.id for each in found if each.kind == "person" and each.about == person]
    held = [each.about for each in found if each.kind == "use"]
    part = or_(UseRow.requester_id == person, UseRow.owner_id == person)
    theirs = set(session.exec(select(UseRow.id).where(col(UseRow.id).in_(held), part))) if held else set()
    return [each.id for each in found if each.about == person or each.about in theirs]


def on_uses(session: Session) -> frozenset[str]:
    """Those that are held themselves."""
    return frozenset(each.about for each in standing(session) if each.kind == "use")


def reached(session: Session) -> frozenset[str]:
    """The uses of which nothing goes: held themselves, or somebody who is held has a part in them.

    Reads the whole trail: nothing to do while others wait to write.
    """
    found = standing(session)
    people = sorted({each.about for each in found if each.kind == "person"})
    held = {each.about for each in found if each.kind == "use"}
    return frozenset(held.union(_named(session, people), _told(session, people)) if people else held)


def _named(session: Session, people: list[str]) -> Iterator[str]:
    """By rows: who asked, owns, reviews, reads, was asked or reminded."""
    for table in metadata.sorted_tables:
        of = "id" if table.name == "use" else "use_id"
        columns = _of_people(table)
        if of in table.c and columns:
            theirs = or_(*(table.c[name].in_(people) for name in columns))
            rows = session.connection().execute(select(table.c[of]).where(theirs).distinct())
            yield from (use for (use,) in rows if use)


def _of_people(table: Table) -> list[str]:
    return [
        column.name
        for column in table.c
        if any(key.target_fullname == "person.id" for key in column.foreign_keys)
    ]


def _told(session: Session, people: Iterable[str]) -> Iterator[str]:
    """By the trail: whatever they did there, and whatever names them."""
    marks = [col(AuditLineRow.sealed).contains(json.dumps(id), autoescape=True) for id in people]
    for sealed in session.exec(select(AuditLineRow.sealed).where(or_(*marks))):
        line = record_of(sealed)
        if line is not None and line.subject[0] in SUBJECTS:
            yield line.subject[1]


def put(session: Session, kind: Kind, about: str, *, because: str, by: str, now: datetime) -> str:
    id = uuid4().hex[:8]
    detail: dict[str, audit.Machine] = {"kind": kind, "about": about}
    audit.append(
        session,
        SET,
        actor=by,
        subject_kind=HOLD,
        subject_id=id,
        detail=detail,
        texts={"because": because},
        at=now,
    )
    return id


def lift(session: Session, id: str, *, by: str, now: datetime) -> bool:
    """True once it is lifted; the first who asks waits for a second, who is somebody else under whatever account."""
    hold = next((each for each in standing(session) if each.id == id), None)
    if hold is None:
        raise Refused("unknown")
    if hold.asked and people.same(session, hold.asked, by):
        raise Refused("same")
    what = LIFTED if hold.asked else ASKED
    audit.append(session, what, actor=by, subject_kind=HOLD, subject_id=id, detail={}, at=now)
    return what == LIFTED
