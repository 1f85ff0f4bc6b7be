"""Legal holds: while one stands, nothing of its use, incident or person is erased. Lines of the trail and nothing else.

One sets it with a reason, or a mark on an incident does; two lift it: who asks for that, and somebody else who agrees.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import uuid4

from sqlalchemy import Table
from sqlmodel import Session, col, or_, select

from store import audit, of_incidents, people
from store.recounted import SUBJECTS
from store.tables import AuditLineRow, UseRow, metadata
from store.trail import record_of

HOLD, SET, ASKED, LIFTED = "hold", "hold.set", "hold.lift_asked", "hold.lifted"
Kind = Literal["use", "person", "incident"]


class Hold(NamedTuple):
    """`about`: an id of that kind; `asked`: who wants it lifted, which somebody else has to agree to.

    `marks`: those of an incident for which it stands.
    """

    id: str
    kind: str
    about: str
    by: str
    at: str
    asked: str = ""
    marks: tuple[str, ...] = ()


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
            kind, about, marks = str(detail["kind"]), str(detail["about"]), tuple(detail.get("marks", ()))
            found[id] = Hold(id, kind, about, line.actor or "", line.at, marks=marks)
        elif line.what == ASKED and id in found:
            found[id] = found[id]._replace(asked=line.actor or "")
        elif line.what == LIFTED:
            found.pop(id, None)
    return list(found.values())


def against(session: Session, person: str | None) -> list[str]:
    """The holds that keep a person from being erased: on them, or on a use or incident in which they have a part."""
    found = standing(session)
    if not found or person is None:
        return [each.id for each in found if each.kind == "person" and each.about == person]
    held = [each.about for each in found if each.kind == "use"]
    part = or_(UseRow.requester_id == person, UseRow.owner_id == person)
    theirs = set(session.exec(select(UseRow.id).where(col(UseRow.id).in_(held), part))) if held else set()
    theirs |= of_incidents.with_part(session, person, _about(found, "incident"))
    return [each.id for each in found if each.about == person or each.about in theirs]


def on_uses(session: Session) -> frozenset[str]:
    """Those that are held themselves, or by an incident that is about them, or once was said to be."""
    return _uses(session, standing(session))


def _uses(session: Session, found: Sequence[Hold]) -> frozenset[str]:
    return _about(found, "use") | of_incidents.uses(session, _about(found, "incident"))


def on_incidents(session: Session) -> frozenset[str]:
    return _about(standing(session), "incident")


def _about(found: Iterable[Hold], kind: Kind) -> frozenset[str]:
    return frozenset(each.about for each in found if each.kind == kind)


def on_line(session: Session, seq: int) -> list[str]:
    """The holds that keep the words of one line of the trail: on what it is about, or on who wrote it."""
    row = session.get(AuditLineRow, seq)
    line = record_of(row.sealed) if row is not None else None
    if line is None:
        return []
    kind, id = line.subject
    told = []
    for each in standing(session):
        uses = of_incidents.uses(session, frozenset({each.about})) if each.kind == "incident" else frozenset()
        of_subject = kind in SUBJECTS and id in {each.about, *uses}
        if of_subject or (each.kind == "person" and each.about in (line.actor, id)):
            told.append(each.id)
    return told


def reached(session: Session) -> frozenset[str]:
    """The uses of which nothing goes: held themselves, or somebody who is held has a part in them.

    Reads the whole trail: nothing to do while others wait to write.
    """
    found = standing(session)
    people, held = sorted(_about(found, "person")), _uses(session, found)
    return held.union(_named(session, people), _told(session, people)) if people else held


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


def put(
    session: Session,
    kind: Kind,
    about: str,
    *,
    because: str,
    by: str,
    now: datetime,
    marks: tuple[str, ...] = (),
) -> str:
    id = uuid4().hex[:8]
    detail: dict[str, audit.Machine] = {"kind": kind, "about": about}
    audit.append(
        session,
        SET,
        actor=by,
        subject_kind=HOLD,
        subject_id=id,
        detail=detail | ({"marks": list(marks)} if marks else {}),
        texts={"because": because} if because else {},
        at=now,
    )
    return id


def hold_marked(session: Session, incident: str, marks: tuple[str, ...], *, by: str, now: datetime) -> bool:
    """Held for its marks; False where it is held already, and then nothing is said twice."""
    if not marks or incident in on_incidents(session):
        return False
    put(session, "incident", incident, because="", by=by, now=now, marks=marks)
    return True


def lift(
    session: Session,
    id: str,
    *,
    by: str,
    now: datetime,
    because: str = "",
    legal: Collection[str] | None = None,
) -> bool:
    """True once it is lifted; the first who asks waits for a second, who is somebody else under whatever account.

    That of an incident is asked for by one of `legal`, who says why.
    """
    hold = next((each for each in standing(session) if each.id == id), None)
    if hold is None:
        raise Refused("unknown")
    if hold.asked and people.same(session, hold.asked, by):
        raise Refused("same")
    if hold.kind == "incident" and not hold.asked:
        if not any(people.same(session, each, by) for each in legal or ()):
            raise Refused("legal")
        if not because:
            raise Refused("because")
    what, texts = LIFTED if hold.asked else ASKED, {"because": because} if because else {}
    audit.append(session, what, actor=by, subject_kind=HOLD, subject_id=id, detail={}, texts=texts, at=now)
    return what == LIFTED
