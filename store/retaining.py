"""Words that were kept for long enough go, a use at a time, each with the lines of the trail that say so.

What stays: that something was said, by whom and when, what was decided, and everything that holds no words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, or_, update
from sqlmodel import Session, col, select

from store import audit, erasing, guards, holds
from store.content import RECORD, WORDS
from store.records import USE
from store.recounted import lines
from store.tables import (
    AuditLineRow,
    ConversationRow,
    DecisionRow,
    DiscussionRow,
    DoneRow,
    FactRow,
    InquiryRow,
    UseRow,
    metadata,
)
from store.tables.answers import AnswerSetRow

AT_ONCE = 20
"""Uses of one kind that are seen to in one turn of the clock."""
GONE = "(erased)"
OVER = ("declined", "withdrawn", "retired")
WORDED: Mapping[str, tuple[str, ...]] = {
    "assignment": ("reason",),
    "report": ("words",),
    "snooze": ("reason",),
    "condition_step": ("link", "words"),
    "task_step": ("link", "words"),
    "appointment": ("words",),
    "pattern_step": ("reason",),
    "reading": ("reason",),
    "review_step": ("words",),
}
"""Columns of words, in tables whose rows name their use."""
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


def due(session: Session, kind: str, before: datetime, *, limit: int = AT_ONCE) -> list[Due]:
    """What was kept for long enough, the longest ago first; nothing under a legal hold, nothing twice."""
    done = exists().where(
        col(DoneRow.key) == _KEY.format(kind) + col(UseRow.id), col(DoneRow.at) >= col(UseRow.updated_at)
    )
    wanted = select(UseRow.id, UseRow.ref, UseRow.updated_at).where(
        col(UseRow.updated_at) < before, WHICH[kind], ~done
    )
    if held := holds.on_uses(session):
        wanted = wanted.where(col(UseRow.id).not_in(held))
    rows = session.exec(wanted.order_by(col(UseRow.updated_at), UseRow.id).limit(limit)).all()
    return [Due(kind, id, ref or "", since) for id, ref, since in rows]


def apply(session: Session, each: Due, *, now: datetime) -> int:
    """The words of one use; how many texts of the trail went."""
    erasing.overwrite(session)
    written = _written(session, each.use)
    gone = _of_trail(session, each, now)
    if each.kind != "discussion":
        with guards.lifted(session, [*WORDED, "fact"]):
            _of_rows(session, each.use, written)
    detail: dict[str, audit.Machine] = {"kept_as": each.kind, "texts": gone}
    audit.append(session, EXPIRED, actor=None, subject_kind=USE, subject_id=each.use, detail=detail, at=now)
    key = f"{_KEY.format(each.kind)}{each.use}"
    session.merge(DoneRow(key=key, subject_kind=USE, subject_id=each.use, at=now))
    session.flush()
    session.expire_all()
    return gone


def _of_trail(session: Session, each: Due, now: datetime) -> int:
    """Each text that is still kept, but what proves the register; that it went is sealed for each."""
    about = ("discussion",) if each.kind == "discussion" else (USE, "discussion")
    gone = 0
    for line in list(lines(session, each.use)):
        sealed = session.get_one(AuditLineRow, line.seq).sealed
        kept = [name for name, text in line.texts.items() if text is not None and name != RECORD]
        if line.what == audit.ERASED or not any(f'"subject":["{kind}",' in sealed for kind in about):
            continue
        for name in kept:
            gone += audit.erase(session, seq=line.seq, field=name, actor=None, at=now)
    return gone


def _of_rows(session: Session, use: str, written: frozenset[str]) -> None:
    execute = session.connection().execute
    execute(update(UseRow).where(col(UseRow.id) == use).values(title=GONE, summary=""))
    execute(update(InquiryRow).where(col(InquiryRow.use_id) == use).values(question=GONE, files=None))
    answered = and_(col(InquiryRow.use_id) == use, col(InquiryRow.answer).is_not(None))
    execute(update(InquiryRow).where(answered).values(answer=GONE))
    for name, columns in WORDED.items():
        table = metadata.tables[name]
        for column in columns:
            filled = table.c[column].is_not(None) & (table.c[column] != "")
            execute(update(table).where(table.c.use_id == use, filled).values({column: GONE}))
    for made in session.exec(select(DecisionRow).where(DecisionRow.subject_id == use)).all():
        made.reason = GONE if made.reason else ""
        made.detail = made.detail | ({"would_change": GONE} if made.detail.get("would_change") else {})
        session.add(made)
    _of_facts(session, use, written)
    for talk in session.exec(select(ConversationRow).where(ConversationRow.use_id == use)).all():
        talk.state = {**talk.state, "proposals": []}
        session.add(talk)
    session.flush()


def _of_facts(session: Session, use: str, written: frozenset[str]) -> None:
    sets = select(AnswerSetRow.id).where(AnswerSetRow.subject_id == use)
    mine = col(FactRow.answer_set_id).in_(sets), col(FactRow.question).in_(written)
    for row in session.exec(select(FactRow).where(*mine)).all():
        if row.value:
            row.value = [GONE]
            session.add(row)
    session.flush()


def _written(session: Session, use: str) -> frozenset[str]:
    """The questions to which somebody typed an answer: the words that lie apart name them."""
    found: set[str] = set()
    for line in lines(session, use):
        words = json.loads(line.texts.get(WORDS) or "{}")
        found |= set(words.get("facts", {}))
    return frozenset(found)
