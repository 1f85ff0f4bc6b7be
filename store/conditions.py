"""What became of conditions, as rows; and those whose day has come or comes soon, found by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import exists
from sqlmodel import Session, col, select

from store.tables import ConditionRow, ConditionStepRow, DecisionRow, DoneRow, UseRow
from triage.case import Case, Status
from triage.conditions import SOON, STILL
from triage.lifecycle import WAITING
from triage.steps import ConditionStep, Term

AT_ONCE = 50
IN_USE = (Status.approved.value, Status.approved_with_conditions.value)
REOPENED = tuple(sorted(status.value for status in WAITING | {Status.under_reassessment}))
"""An approval that is decided anew: what it asked for holds until then."""
STOPPED = (Status.under_reassessment.value, Status.lapsed.value)


class Due(NamedTuple):
    case: str
    decision: str
    number: int

    def key(self, what: str) -> str:
        """Each is done once for each condition."""
        return f"{what}:{self.decision}:{self.number:03}"


def steps_of(session: Session, case: str) -> Iterable[ConditionStep]:
    query = select(ConditionStepRow).where(ConditionStepRow.use_id == case)
    for row in session.exec(query.order_by(col(ConditionStepRow.version), col(ConditionStepRow.id))):
        decision, _, number = row.condition_id.rpartition(":")
        given = {"id": row.id, "decision": decision, "number": int(number), "kind": row.kind, "at": row.at}
        given |= {"by": row.by or "", "link": row.link or "", "words": row.words or ""}
        yield ConditionStep.model_validate(given)


def save_steps(session: Session, before: Case | None, case: Case) -> None:
    for step in case.condition_steps[len(before.condition_steps) if before else 0 :]:
        session.add(
            ConditionStepRow(
                id=step.id,
                use_id=case.id,
                condition_id=f"{step.decision}:{step.number:03}",
                kind=step.kind,
                by=step.by or None,
                at=step.at,
                link=step.link or None,
                words=step.words or None,
                version=case.version,
            )
        )


def term_of(due: date | str | None, check: str | None, otherwise: str | None) -> dict[str, Any]:
    """As lines have it, whatever the cells hold."""
    return {"due": str(due) if due else None, "check": check or "", "otherwise": otherwise or ""}


def told_terms(given: Sequence[Mapping[str, Any]]) -> tuple[Term, ...]:
    terms = tuple(map(Term.model_validate, given))
    return terms if any(term != Term() for term in terms) else ()


def over(session: Session, day: date) -> list[Due]:
    """Its last day is gone, and nothing was made of that yet."""
    return _due(session, "unmet", col(ConditionRow.due_on) < day, (*IN_USE, *REOPENED))


def soon(session: Session, day: date) -> list[Due]:
    return _due(session, "soon", col(ConditionRow.due_on).between(day, day + SOON), IN_USE)


def still(session: Session, day: date) -> list[Due]:
    return _due(session, "still", col(ConditionRow.due_on) < day - STILL, (*IN_USE, *STOPPED))


def _due(session: Session, what: str, when: Any, states: Sequence[str]) -> list[Due]:
    done = exists().where(col(DoneRow.key) == what + ":" + col(ConditionRow.id))
    query = (
        select(ConditionRow.use_id, ConditionRow.id)
        .join(UseRow, col(UseRow.id) == ConditionRow.use_id)
        .join(DecisionRow, col(DecisionRow.id) == ConditionRow.decision_id)
        .where(col(UseRow.state).in_(states), col(DecisionRow.superseded_by).is_(None), when, ~done)
        .order_by(col(ConditionRow.due_on), col(ConditionRow.id))
        .limit(AT_ONCE)
    )
    found = [(case, *id.rpartition(":")) for case, id in session.exec(query)]
    return [Due(case, decision, int(number)) for case, decision, _, number in found]
