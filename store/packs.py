"""What somebody asked for in Slack that takes long to make: one at a time for each person, made once, told of once.

A row of `due` says that it is still to be made, one of `done` how far it is. Whoever ends it takes the first away in
the transaction that seals and owes what came of it, so two that are at it make one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from intake.value import Value
from store import audit, leases, outbox
from store.tables import DoneRow, DueRow, LeaseRow

PACK, PACK_FILE = "pack", "pack_file"
"""The message that says how far it is, and the file."""
MADE, PROVED, REPORTED, LISTED = "pack.made", "pack.proved", "pack.reported", "pack.listed"
TO_MAKE = "to_make"
LEASE = timedelta(minutes=10)
TRIES = 3
"""So often it is begun; whatever ends the process each time will do so again."""
PRIORITY = 1

What = Literal["pack", "proof", "report", "register", "sample"]
SEALED: Mapping[What, str] = {"pack": MADE, "proof": PROVED, "report": REPORTED, "register": LISTED}
"""A sample seals itself."""


class Found(Value):
    """What `steward verify` found: so many lines, the first that is not right, and how many things differ from it."""

    lines: int
    broken_at: int | None = None
    texts: int = 0
    records: int = 0
    unproven: int = 0

    @property
    def ok(self) -> bool:
        return self.broken_at is None and not self.texts and not self.records


class Order(Value):
    """`day`: as of whose end; `about`: the one entry that it tells of, or how many are drawn; `line`: the one that
    tells of a sample; `done` of `total`: how far it is.

    `why` there is none, where there is none; `folder`: where it is being made, so that whoever begins it again takes
    away what was left there.
    """

    id: str
    what: What = "pack"
    person: str
    day: str
    about: str = ""
    line: int = 0
    state: Literal["waiting", "making", "made", "failed"] = "waiting"
    tries: int = 0
    done: int = 0
    total: int = 0
    folder: str = ""
    why: str = ""
    name: str = ""
    seal: str = ""
    sha256: str = ""
    head: str = ""
    faults: int = 0
    found: Found | None = None


def ask(session: Session, order: Order, *, now: datetime) -> bool:
    """False if the same is still being made for them."""
    if _waiting(session, order) is not None:
        return False
    about: dict[str, Any] = {"subject_kind": PACK, "subject_id": order.person, "kind": _kind(order)}
    session.add(DueRow(id=order.id, **about, due_at=now, state=TO_MAKE))
    _keep(session, order, now)
    _tell(session, order, "post", now)
    return True


def known(session: Session, id: str) -> Order | None:
    row = session.get(DoneRow, _key(id))
    return Order.model_validate(row.outcome) if row is not None else None


def is_due(session: Session, now: datetime) -> bool:
    """Whether there is anything to make; cheap, and takes nobody's turn."""
    return session.exec(_ripe(now)).first() is not None


def begin(session: Session, *, holder: str, now: datetime) -> Order | None:
    """The one that waits longest, begun once more; None where another process is at one, or there is none."""
    row = session.exec(_ripe(now)).first()
    if row is None or not leases.take(session, PACK, holder=holder, now=now, lease=LEASE):
        return None
    order = known(session, row.id)
    if order is None:
        session.delete(row)
        return None
    return _keep(session, order.model_copy(update={"state": "making", "tries": order.tries + 1}), now)


def note_folder(session: Session, order: Order, folder: str, *, now: datetime) -> Order:
    return _keep(session, order.model_copy(update={"folder": folder}), now)


def note(session: Session, order: Order, done: int, total: int, *, holder: str, now: datetime) -> None:
    """How far it is; the message says so when its turn comes."""
    if _row(session, order) is None:
        return
    hold(session, order, holder=holder, now=now)
    _tell(
        session, _keep(session, order.model_copy(update={"done": done, "total": total}), now), "update", now
    )


def hold(session: Session, order: Order, *, holder: str, now: datetime) -> None:
    """Whoever is still at it keeps its turn."""
    if _row(session, order) is not None:
        leases.take(session, PACK, holder=holder, now=now, lease=LEASE)


def later(session: Session, order: Order, at: datetime, *, holder: str) -> None:
    """Slack or the database has a bad moment, which is nobody's fault and counts as no try."""
    if (row := _row(session, order)) is not None:
        row.due_at = at
        session.add(row)
        _keep(session, order.model_copy(update={"tries": max(order.tries - 1, 0)}), at)
    leases.release(session, PACK, holder=holder)


def end(
    session: Session,
    order: Order,
    *,
    holder: str,
    now: datetime,
    ours: str = "",
    sealed: Mapping[str, audit.Machine] | None = None,
) -> bool:
    """What came of it, sealed and owed together; False if another one did so before. `ours`: its file in Slack."""
    if order.state == "failed" and _is_with_another(session, holder):
        return False  # whoever took it over may well make it
    leases.release(session, PACK, holder=holder)
    if (row := _row(session, order)) is None:
        return False
    session.delete(row)
    _tell(session, _keep(session, order, now), "update", now)
    about: dict[str, Any] = {"subject_kind": PACK, "subject_id": order.id}
    if sealed is not None:
        audit.append(session, SEALED[order.what], actor=order.person, **about, detail=sealed, at=now)
    if ours:
        payload = {"say": PACK, "ours": ours, "facts": {"name": order.name}}
        outbox.put(
            session,
            kind="upload",
            payload=payload,
            priority=PRIORITY,
            now=now,
            person_id=order.person,
            subject_kind=PACK,
            subject_id=order.id,
            purpose=PACK_FILE,
        )
    return True


def let_go(session: Session) -> None:
    """At the start of the only worker: what a dead one was at is begun again at once, not after its lease."""
    row = session.get(LeaseRow, PACK)
    if row is not None:
        session.delete(row)


def _kind(order: Order) -> str:
    return f"{order.what}:{order.about}" if order.about else order.what


def _waiting(session: Session, order: Order) -> DueRow | None:
    theirs = (DueRow.subject_kind == PACK, DueRow.subject_id == order.person, DueRow.kind == _kind(order))
    return session.exec(select(DueRow).where(*theirs)).first()


def _row(session: Session, order: Order) -> DueRow | None:
    """None once it was ended."""
    return session.get(DueRow, order.id)


def _is_with_another(session: Session, holder: str) -> bool:
    row = session.get(LeaseRow, PACK)
    return row is not None and row.holder != holder


def _ripe(now: datetime) -> SelectOfScalar[DueRow]:
    ripe = select(DueRow).where(DueRow.state == TO_MAKE, col(DueRow.due_at) <= now)
    return ripe.order_by(col(DueRow.due_at), col(DueRow.id)).limit(1)


def _keep(session: Session, order: Order, now: datetime) -> Order:
    row = session.get(DoneRow, _key(order.id)) or DoneRow(key=_key(order.id), at=now)
    row.subject_kind, row.subject_id, row.outcome = PACK, order.id, order.model_dump()
    session.add(row)
    session.flush()
    return order


def _key(id: str) -> str:
    return f"{PACK}:{id}"


def _tell(session: Session, order: Order, kind: str, now: datetime) -> None:
    """Drawn when it is sent, so what waits says the newest."""
    outbox.put(
        session,
        kind=kind,
        payload={"say": PACK},
        priority=PRIORITY,
        now=now,
        person_id=order.person,
        subject_kind=PACK,
        subject_id=order.id,
        purpose=PACK,
        coalesce=f"{PACK}:{order.id}",
    )
