"""Holds what stands as read by a model, and confirmed by a person, against what the trail says that a model said."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, select

from store import audit
from store.records import USE
from store.tables import AnswerSetRow, FactRow
from triage.case import Source


def differences(session: Session) -> Iterator[str]:
    of = select(AnswerSetRow.subject_id, FactRow.question).join(
        FactRow, col(FactRow.answer_set_id) == AnswerSetRow.id
    )
    stands = set(session.exec(of.where(FactRow.source == Source.model.value)).all())
    if not stands:
        return
    said = {
        (line.subject[1], question)
        for line in audit.records(session)
        if line.subject[0] == USE and line.what == "model.answered"
        for question in line.detail.get("questions", ())
    }
    for use, question in sorted(stands - said):
        yield f"{question} of {use} stands as read by a model, and no line says that one read it"
