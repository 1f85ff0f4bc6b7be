"""Legal holds: while one stands, nothing of a use or a person is erased. Lines of the trail, and nothing beside them.

One sets it with a reason; it takes two to lift it: who asks for that, and somebody else who agrees.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple
from uuid import uuid4

from sqlmodel import Session, col, or_, select

from store import audit, people
from store.tables import AuditLineRow, UseRow
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
    return frozenset(each.about for each in standing(session) if each.kind == "use")


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
