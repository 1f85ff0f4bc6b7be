"""The decided uses that a request is laid beside: of the same tool, or with the same bounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from intake.answers import Answer, State
from store.records import USE
from store.tables import AnswerSetRow, FactRow, UseRow
from store.visibility import visible
from triage.case import Case, Status
from triage.lifecycle import DECIDED
from triage.nearest import Decided
from triage.register import Reader

AT_MOST = 25
"""Of either kind, the newest: a picture of a card is drawn on every change."""


def decided_beside(session: Session, reader: Reader, case: Case) -> tuple[Decided, ...]:
    """Only what `reader` may see."""
    bounds = case.verdict.results["tier"] if case.verdict else None
    alike: list[ColumnElement[bool]] = [col(UseRow.tool_id) == case.tool_id] if case.tool_id else []
    if bounds is not None:
        floor, ceiling = col(UseRow.tier_floor) == bounds.floor, col(UseRow.tier_ceiling) == bounds.ceiling
        alike.append(and_(floor, ceiling))
    found: dict[str, UseRow] = {}
    for like in alike:
        query = (
            select(UseRow)
            .where(visible(reader), like, col(UseRow.id) != case.id)
            .where(col(UseRow.state).in_([status.value for status in DECIDED]))
            .order_by(col(UseRow.updated_at).desc(), col(UseRow.ref))
            .limit(AT_MOST)
        )
        found |= {row.id: row for row in session.exec(query)}
    answers = answers_of(session, found)
    return tuple(
        Decided(id=id, status=Status(row.state), tool_id=row.tool_id, answers=answers[id], at=row.updated_at)
        for id, row in found.items()
    )


def answers_of(session: Session, uses: Iterable[str]) -> dict[str, dict[str, Answer]]:
    """The newest of each question, for all of them in one question to the database."""
    query = (
        select(AnswerSetRow.subject_id, FactRow.question, FactRow.state, FactRow.value)
        .join(FactRow, col(FactRow.answer_set_id) == AnswerSetRow.id)
        .where(AnswerSetRow.subject_kind == USE, col(AnswerSetRow.subject_id).in_(list(uses)))
        .order_by(col(FactRow.id))
    )
    found: dict[str, dict[str, Answer]] = defaultdict(dict)
    for use, question, state, value in session.exec(query):
        found[use][question] = Answer(state=State(state), picked=tuple(value or ()))
    return found
