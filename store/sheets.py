"""Answers to questionnaires about uses: facts, results and trail of a subject of their own beside the use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as alchemy
from pydantic import TypeAdapter
from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from intake.answers import Answer, State
from intake.form import Kind
from store import audit
from store.content import RECORD, WORDS
from store.plainly import canonical, fact_of, result_of
from store.tables import AnswerSetRow, FactRow, ResultRow, metadata
from triage.case import Case, Fact, Source
from triage.contributing import Contribute
from triage.desk import Desk
from triage.guide import Weighed
from triage.questionnaire import Finding, Questionnaire, Sheet, digest_of

SHEET = "sheet"
"""The kind of subject: the answers about one use to one form."""
SPOKEN = (Kind.text, Kind.tool)
FINDING: TypeAdapter[Finding | Weighed] = TypeAdapter(Finding | Weighed)

_set, _fact = metadata.tables["answer_set"], metadata.tables["fact"]
FACTS = (
    alchemy.select(_fact)
    .join(_set, _fact.c.answer_set_id == _set.c.id)
    .where(_set.c.subject_kind == SHEET, _set.c.subject_id == bindparam("sheet"))
    .order_by(_fact.c.id)
)


def id_of(case: str, form: str) -> str:
    return f"{case}:{form}"


def load(session: Session, case: str, form: str) -> Sheet:
    """As it stands now; an empty one where nobody has begun."""
    sheet = id_of(case, form)
    last = session.exec(
        select(ResultRow)
        .where(ResultRow.subject_kind == SHEET, ResultRow.subject_id == sheet)
        .order_by(col(ResultRow.version).desc())
    ).first()
    return Sheet(
        case=case,
        facts={fact.question: fact for fact, _ in past_of(session, sheet)},
        finding=FINDING.validate_python(last.verdict) if last else None,
        version=last.version if last else 0,
    )


def past_of(session: Session, sheet: str) -> Iterator[tuple[Fact, datetime]]:
    """Every answer ever recorded, in order, with the moment of it."""
    for row in session.connection().execute(FACTS, {"sheet": sheet}):
        answer = Answer(state=State(row.state), picked=tuple(row.value or ()))
        source = Source(row.source)
        fact = Fact(question=row.question, answer=answer, by=row.contributor, at=row.said_at, source=source)
        yield fact, row.recorded_at


def save(session: Session, before: Sheet, now: Sheet, questionnaire: Questionnaire, desk: Desk) -> None:
    """The facts that are new, and the result that follows from all of them."""
    if now.finding is None:
        raise ValueError("no finding to keep")
    answer_set = _answer_set(session, now, questionnaire, desk)
    for question, fact in now.facts.items():
        if before.facts.get(question) != fact:
            session.add(
                FactRow(
                    answer_set_id=answer_set,
                    question=question,
                    state=fact.answer.state.value,
                    value=list(fact.answer.picked) or None,
                    contributor=fact.by,
                    source=fact.source.value,
                    said_at=fact.at,
                    recorded_at=desk.now,
                )
            )
            session.flush()
    session.add(
        ResultRow(
            id=uuid4().hex,
            subject_kind=SHEET,
            subject_id=id_of(now.case, questionnaire.form.id),
            answer_set_id=answer_set,
            facts_digest=digest_of(now.facts),
            policies=[questionnaire.used.model_dump()],
            verdict=now.finding.model_dump(mode="json"),
            version=now.version,
            judged_at=desk.now,
        )
    )
    session.flush()


def _answer_set(session: Session, sheet: Sheet, questionnaire: Questionnaire, desk: Desk) -> str:
    """That of this version of the form; opened at the first answer given under it."""
    form, subject = questionnaire.form, id_of(sheet.case, questionnaire.form.id)
    found = session.exec(
        select(AnswerSetRow.id).where(
            AnswerSetRow.subject_kind == SHEET,
            AnswerSetRow.subject_id == subject,
            AnswerSetRow.form_digest == form.digest,
        )
    ).first()
    if found is not None:
        return found
    opened = AnswerSetRow(
        id=uuid4().hex,
        form=form.id,
        form_digest=form.digest,
        subject_kind=SHEET,
        subject_id=subject,
        opened_at=desk.now,
    )
    session.add(opened)
    session.flush()
    return opened.id


def seal(
    session: Session,
    command: Contribute,
    case: Case,
    before: Sheet,
    now: Sheet,
    questionnaire: Questionnaire,
    desk: Desk,
) -> None:
    """One line for what was handed in: it commits to every answer and to the result; words lie apart."""
    facts: dict[str, Any] = {q: fact_of(f) for q, f in now.facts.items() if before.facts.get(q) != f}
    words = {}
    for question, fact in facts.items():
        if questionnaire.form.by_id[question].kind in SPOKEN:
            words[question], fact[1] = fact[1], None
    finding = now.finding.model_dump(mode="json") if now.finding else {}
    version = str(now.version)
    record = {
        "facts": facts,
        "results": {version: result_of(finding, digest_of(now.facts), [questionnaire.used.model_dump()])},
        "forms": {version: questionnaire.form.digest},
    }
    texts = {RECORD: canonical(record), **({WORDS: canonical({"facts": words})} if words else {})}
    detail: dict[str, audit.Machine] = {
        "form": questionnaire.form.id,
        "page": command.page,
        "questions": sorted(facts),
        "complete": finding["complete"],
    }
    detail |= {name: finding[name] for name in ("impact_level", "outcome", "level") if finding.get(name)}
    if case.ref is not None:
        detail["ref"] = case.ref
    audit.append(
        session,
        what="questionnaire.answered",
        actor=command.actor,
        subject_kind=SHEET,
        subject_id=id_of(case.id, questionnaire.form.id),
        detail=detail,
        texts=texts,
        at=desk.now,
    )
