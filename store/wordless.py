"""The rows of a use without what people wrote there. A guard is lifted only where something changes."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import Session, col, select

from store import guards
from store.tables import ConversationRow, DecisionRow, FactRow, InquiryRow, UseRow, metadata
from store.tables.answers import AnswerSetRow

GONE = "(erased)"
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
"""Columns of words, in guarded tables whose rows name their use."""


def empty(session: Session, use: str, written: frozenset[str]) -> None:
    """`written`: the questions to which somebody typed an answer."""
    execute = session.connection().execute
    execute(update(UseRow).where(col(UseRow.id) == use).values(title=GONE, summary=""))
    execute(update(InquiryRow).where(col(InquiryRow.use_id) == use).values(question=GONE, files=None))
    answered = and_(col(InquiryRow.use_id) == use, col(InquiryRow.answer).is_not(None))
    execute(update(InquiryRow).where(answered).values(answer=GONE))
    for made in session.exec(select(DecisionRow).where(DecisionRow.subject_id == use)).all():
        made.reason = GONE if made.reason else ""
        made.detail = made.detail | ({"would_change": GONE} if made.detail.get("would_change") else {})
        session.add(made)
    for talk in session.exec(select(ConversationRow).where(ConversationRow.use_id == use)).all():
        talk.state = {**talk.state, "proposals": []}
        session.add(talk)
    session.flush()
    _empty_guarded(session, use, _facts(session, use, written))


def _empty_guarded(session: Session, use: str, facts: list[FactRow]) -> None:
    execute = session.connection().execute
    worded = {
        (name, column): where
        for name, columns in WORDED.items()
        for column in columns
        if execute(select(1).where(where := _filled(name, column, use)).limit(1)).first()
    }
    with guards.lifted(session, {name for name, _ in worded} | ({"fact"} if facts else set())):
        for (name, column), where in worded.items():
            execute(update(metadata.tables[name]).where(where).values({column: GONE}))
        for row in facts:
            row.value = [GONE]
            session.add(row)
        session.flush()


def _filled(name: str, column: str, use: str) -> ColumnElement[bool]:
    cells = metadata.tables[name].c
    return and_(cells.use_id == use, cells[column].is_not(None), cells[column].not_in(("", GONE)))


def _facts(session: Session, use: str, written: frozenset[str]) -> list[FactRow]:
    sets = select(AnswerSetRow.id).where(AnswerSetRow.subject_id == use)
    mine = col(FactRow.answer_set_id).in_(sets), col(FactRow.question).in_(written)
    return [row for row in session.exec(select(FactRow).where(*mine)).all() if row.value not in ([], [GONE])]
