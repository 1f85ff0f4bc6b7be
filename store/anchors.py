"""Anchors in the store: that of a day is made once, each place has its line of the trail, and each is found again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from store import audit, files, leases
from store.columns import to_text
from store.tables import AuditLineRow, DoneRow, FileRow
from store.trail import FIRST, TAIL, Record, read, record_of
from triage.anchoring import TELL_AT, Anchor, Due, Place, again_at

MADE, FAILED = "anchor.made", "anchor.failed"
ANCHOR, TRAIL = "anchor", "trail"
MEDIA = "application/timestamp-reply"
LEASE = timedelta(minutes=5)


class Known(NamedTuple):
    """An anchor that a line of the trail tells of; `token`: the digest of its stamp."""

    anchor: Anchor
    place: str
    line: int
    token: str = ""


class Told(NamedTuple):
    """A stamp, and the moment that its authority vouches for."""

    token: bytes
    at: str


class Day(NamedTuple):
    """What is to be anchored on a day, and where that is still to be done."""

    anchor: Anchor
    open: tuple[Place, ...]


def head(session: Session, now: datetime) -> Anchor | None:
    """None while there is no line."""
    known = audit.end(session)
    return Anchor(known.seq, known.digest, to_text(now)) if known and known.seq else None


def is_open(session: Session, due: Due, places: Iterable[Place], now: datetime) -> bool:
    """Whether there is anything to do; cheap, and takes nobody's turn."""
    return bool(_open(session, due, places, now))


def begin(session: Session, due: Due, places: Iterable[Place], *, holder: str, now: datetime) -> Day | None:
    """The head of the day, one for all its places and tries. None where another process is at it, or all is done."""
    chosen = _open(session, due, places, now)
    if not chosen or not leases.take(session, ANCHOR, holder=holder, now=now, lease=LEASE):
        return None
    row = session.get(DoneRow, due.key)
    if row is None:
        found = head(session, now)
        if found is None:
            return None
        row = DoneRow(key=due.key, at=now, outcome={**found._asdict(), "tries": {}})
        session.add(row)
        session.flush()
    return Day(Anchor(row.outcome["seq"], row.outcome["head"], row.outcome["at"]), chosen)


def end(session: Session, *, holder: str) -> None:
    leases.release(session, ANCHOR, holder=holder)


def _open(session: Session, due: Due, places: Iterable[Place], now: datetime) -> tuple[Place, ...]:
    row = session.get(DoneRow, due.key)
    tries = row.outcome.get("tries", {}) if row else {}
    return tuple(
        place
        for place in places
        if session.get(DoneRow, due.key_of(place)) is None
        and (place not in tries or datetime.fromisoformat(tries[place][1]) <= now)
    )


def made(
    session: Session,
    anchor: Anchor,
    place: Place,
    *,
    due: Due | None,
    now: datetime,
    told: Told | None = None,
) -> bool:
    """Seals that it stands there now; False if that was known. `due` None: somebody wanted it beside the daily one."""
    if due is not None and session.get(DoneRow, due.key_of(place)) is not None:
        return False
    if due is not None:
        session.add(DoneRow(key=due.key_of(place), at=now))
    detail: dict[str, audit.Machine] = {
        "at": anchor.at,
        "head": anchor.head,
        "seq": anchor.seq,
        "where": place,
    }
    if told is not None and told.token:
        kept = files.keep(session, told.token, media=MEDIA, name=f"anchor-{anchor.seq:09}.tsr")
        detail |= {"token": kept, "stamped_at": told.at}
    audit.append(session, MADE, actor=None, subject_kind=ANCHOR, subject_id=TRAIL, detail=detail, at=now)
    return True


def failed(session: Session, due: Due, place: Place, *, because: str, now: datetime) -> bool:
    """Notes it; True if it failed so often on that day that somebody should hear of it: that is sealed, once."""
    row = session.get_one(DoneRow, due.key)
    tries = dict(row.outcome.get("tries", {}))
    number = tries[place][0] + 1 if place in tries else 1
    tries[place] = [number, again_at(number, now).isoformat()]
    row.outcome = {**row.outcome, "tries": tries}
    session.add(row)
    session.flush()
    if number == TELL_AT:
        detail = {"day": due.day, "because": because, "where": place}
        audit.append(
            session, FAILED, actor=None, subject_kind=ANCHOR, subject_id=TRAIL, detail=detail, at=now
        )
    return number == TELL_AT


def body_of(session: Session, seq: int) -> bytes:
    """The text of a line whose SHA-256 is its seal: what a stamp is about."""
    sealed = session.exec(select(AuditLineRow.sealed).where(AuditLineRow.seq == seq)).one()
    return f"{sealed[:-TAIL]}}}".encode()


def seal_of(session: Session, seq: int) -> str | None:
    return session.exec(select(AuditLineRow.digest).where(AuditLineRow.seq == seq)).first()


def token(session: Session, digest: str) -> bytes | None:
    row = session.get(FileRow, digest)
    return None if row is None else row.body


def known(records: Iterable[Record]) -> Iterator[Known]:
    """What the trail itself tells of anchors."""
    for line in records:
        if line.what == MADE and line.subject == (ANCHOR, TRAIL):
            yield _known(line)


def _known(line: Record) -> Known:
    said: Mapping[str, Any] = line.detail
    seq = said.get("seq")
    number = seq if type(seq) is int else 0
    found = Anchor(number, str(said.get("head")), str(said.get("at") or line.at))
    return Known(found, str(said.get("where")), line.seq, str(said.get("token") or ""))


def lines(session: Session) -> list[Record]:
    """The lines about anchors, in order; `steward check` and the list read them."""
    mark = f'"subject":["{ANCHOR}","{TRAIL}"]'
    rows = select(AuditLineRow.sealed).where(col(AuditLineRow.sealed).contains(mark, autoescape=True))
    found = (record_of(sealed) for sealed in session.exec(rows.order_by(col(AuditLineRow.seq))))
    return [line for line in found if line is not None]


def seals(sealed: Iterable[str]) -> dict[int, str]:
    """The seal of each line that is what was sealed, by its number."""
    return {line.seq: line.seal for line in map(read, sealed) if line.true}


def fault(anchor: Anchor, found: Mapping[int, str]) -> str:
    """In one word, why an anchor is not in a trail: `cut`, `rewritten` or `renumbered`; "" if it is."""
    if found.get(anchor.seq, FIRST if anchor.seq == 0 else "") == anchor.head:
        return ""
    if anchor.head in found.values():
        return "renumbered"
    return "cut" if anchor.seq > max(found, default=0) else "rewritten"


def held_before(anchor: Anchor, all_of_them: Iterable[Anchor], found: Mapping[int, str]) -> int:
    """The last line before it of which an anchor holds: what was changed lies behind that."""
    return max(
        (each.seq for each in all_of_them if each.seq < anchor.seq and not fault(each, found)), default=0
    )
