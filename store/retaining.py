"""Words that were kept for long enough go, a use at a time, each with the lines of the trail that say so.

What stays: that something was said, by whom and when, what was decided, and everything that holds no words.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, select

from store import audit, erasing, holds, wordless
from store.content import RECORD, WORDS
from store.records import USE
from store.recounted import Recounted, lines
from store.tables import AuditLineRow, DiscussionRow, DoneRow, UseRow
from store.trail import record_of

AT_ONCE = 20
"""Uses of one kind that are seen to in one turn of the clock."""
OVER = ("declined", "withdrawn", "retired")
EXPIRED = "retention.applied"
_KEY = "retention:{}:"
_over, _never = col(UseRow.state).in_(OVER), col(UseRow.submitted_at).is_(None)
WHICH: Mapping[str, ColumnElement[bool]] = {
    "drafts": and_(_never, or_(_over, col(UseRow.state) == "draft")),
    "register": and_(~_never, _over),
    "discussion": and_(_over, col(UseRow.id).in_(select(DiscussionRow.use_id).distinct())),
}
"""The uses of each kind; their last change is when it was over."""


class Due(NamedTuple):
    """`since`: from when on it counts."""

    kind: str
    use: str
    ref: str
    since: datetime


class Seen(NamedTuple):
    """What was read of one use while nobody waited; `end`: the number of the last line of the trail at that moment."""

    end: int
    lines: tuple[Recounted, ...]


def due(
    session: Session, kind: str, before: datetime, *, held: Collection[str], limit: int = AT_ONCE
) -> list[Due]:
    """What was kept for long enough, the longest ago first; nothing of what is `held`, nothing twice."""
    wanted = col(UseRow.updated_at) < before, WHICH[kind], ~_done(kind), col(UseRow.id).not_in(held)
    found = select(UseRow.id, UseRow.ref, UseRow.updated_at).where(*wanted)
    rows = session.exec(found.order_by(col(UseRow.updated_at), UseRow.id).limit(limit)).all()
    return [Due(kind, id, ref or "", since) for id, ref, since in rows]


def _done(kind: str) -> ColumnElement[bool]:
    key = col(DoneRow.key) == _KEY.format(kind) + col(UseRow.id)
    return exists().where(key, col(DoneRow.at) >= col(UseRow.updated_at))


def end_of(session: Session) -> int:
    end = audit.end(session)
    return end.seq if end else 0


def look(session: Session, each: Due, *, after: int) -> Seen | None:
    """Reads the whole trail, so in a snapshot and never in a write. None where it has to be found due anew.

    `after`: the last line of the trail when it was found due, and not under a hold.
    """
    same = (
        col(UseRow.id) == each.use,
        col(UseRow.updated_at) == each.since,
        WHICH[each.kind],
        ~_done(each.kind),
    )
    if _moved(session, after) or session.exec(select(UseRow.id).where(*same)).first() is None:
        return None
    return Seen(end_of(session), tuple(lines(session, each.use)))


def _moved(session: Session, after: int, use: str = "") -> bool:
    """Whether a hold was set or lifted since, or anything told of the use; a line that is not true may be either."""
    behind = session.exec(select(AuditLineRow.sealed).where(col(AuditLineRow.seq) > after))
    told = [record_of(sealed) for sealed in behind.all()]
    return any(line is None or line.subject[0] == holds.HOLD or line.subject[1] == use for line in told)


def apply(session: Session, each: Due, seen: Seen, *, now: datetime) -> bool:
    """The words of one use, as they were seen; False where it has to be looked at anew, and nothing went."""
    if _moved(session, seen.end, each.use):
        return False
    erasing.overwrite(session)
    gone = _of_trail(session, each, seen.lines, now)
    if each.kind != "discussion":
        wordless.empty(session, each.use, _written(seen.lines))
    detail: dict[str, audit.Machine] = {"kept_as": each.kind, "texts": gone}
    audit.append(session, EXPIRED, actor=None, subject_kind=USE, subject_id=each.use, detail=detail, at=now)
    key = f"{_KEY.format(each.kind)}{each.use}"
    session.merge(DoneRow(key=key, subject_kind=USE, subject_id=each.use, at=now))
    session.flush()
    session.expire_all()
    return True


def _of_trail(session: Session, each: Due, told: tuple[Recounted, ...], now: datetime) -> int:
    """Each text that is still kept, but what proves the register; that it went is sealed for each."""
    about = ("discussion",) if each.kind == "discussion" else (USE, "discussion")
    gone = 0
    for line in told:
        sealed = session.get_one(AuditLineRow, line.seq).sealed
        kept = [name for name, text in line.texts.items() if text is not None and name != RECORD]
        if line.what == audit.ERASED or not any(f'"subject":["{kind}",' in sealed for kind in about):
            continue
        for name in kept:
            gone += audit.erase(session, seq=line.seq, field=name, actor=None, at=now)
    return gone


def _written(told: tuple[Recounted, ...]) -> frozenset[str]:
    """The questions to which somebody typed an answer: the words that lie apart name them."""
    found: set[str] = set()
    for line in told:
        words = json.loads(line.texts.get(WORDS) or "{}")
        found |= set(words.get("facts", {}))
    return frozenset(found)
