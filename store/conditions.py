"""What became of conditions, as rows; and those whose day has come or comes soon, found by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from store.direct import Those, of_use
from store.tables import ConditionRow, ConditionStepRow, DecisionRow, DoneRow, UseRow
from triage.case import Case, Status
from triage.desk import Desk
from triage.fulfilling import LOOK
from triage.lifecycle import WAITING
from triage.steps import ConditionStep, Term

AT_ONCE = 50
FEW = 20
"""Up to so many uses, as a page has, the statement is kept for each number of them."""
IN_USE = (Status.approved.value, Status.approved_with_conditions.value)
REOPENED = tuple(sorted(status.value for status in WAITING | {Status.under_reassessment}))
"""An approval that is decided anew: what it asked for holds until then."""
COUNTS = and_(col(DecisionRow.id) == col(ConditionRow.decision_id), col(DecisionRow.superseded_by).is_(None))
"""Joins a condition with its decision, where no other took the place of that."""
STOPPED = (Status.under_reassessment.value, Status.lapsed.value)


class Due(NamedTuple):
    case: str
    decision: str
    number: int

    def key(self, what: str) -> str:
        """Each is done once for each condition."""
        return f"{what}:{self.decision}:{self.number:03}"


STEPS = of_use("condition_step", "version", "id")


def steps_of(session: Session, case: str) -> Iterable[ConditionStep]:
    for row in STEPS.within(session, case=case):
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


def counting(session: Session, uses: Sequence[str] | None) -> dict[str, list[str]]:
    """The conditions that count of these uses (None: of all), in one question to the database."""
    if uses is not None and not uses:
        return {}
    given = {} if uses is None else {"uses": list(uses)}
    few = uses is not None and len(uses) <= FEW
    rows = OF_FEW.within(session, uses or ()) if few else session.exec(_counting(uses is None), params=given)
    found: dict[str, list[str]] = {}
    for use, text in rows:
        found.setdefault(use, []).append(text)
    return found


@cache
def _counting(all_of_them: bool) -> Any:
    query = (
        select(ConditionRow.use_id, ConditionRow.text)
        .join(DecisionRow, COUNTS)
        .order_by(col(ConditionRow.id))
    )
    these = col(ConditionRow.use_id).in_(bindparam("uses", expanding=True))
    return query if all_of_them else query.where(these)


OF_FEW = Those(lambda ids: _counting(True).where(col(ConditionRow.use_id).in_(ids)))


def over(session: Session, day: date) -> list[Due]:
    """Its last day is gone, and nothing was made of that yet."""
    found = session.exec(_due("unmet", col(ConditionRow.due_on) < day, (*IN_USE, *REOPENED)).limit(AT_ONCE))
    return [_to_due(use, id) for use, id, *_ in found]


def not_handed_in() -> Any:
    """Of a row of conditions: nothing was handed in for it, or it was sent back or came to nothing since."""
    step = aliased(ConditionStepRow)
    last = (
        select(step.kind)
        .where(step.use_id == ConditionRow.use_id, step.condition_id == ConditionRow.id)
        .order_by(col(step.version).desc(), col(step.id).desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(last, "open").not_in(("done", "verified"))


def unlooked(session: Session, about: str, desk: Desk) -> list[tuple[Due, str]]:
    """Handed in, or looked at by one of two, and nothing came after it; with the key of its reminder."""
    calendar = desk.calendar()
    if calendar.opens(desk.now) != desk.now:
        return []
    later = aliased(ConditionStepRow)
    after = exists().where(
        col(later.condition_id) == ConditionStepRow.condition_id,
        col(later.version) > ConditionStepRow.version,
    )
    done = exists().where(col(DoneRow.key) == about + ":" + col(ConditionStepRow.id))
    found = session.exec(
        select(ConditionStepRow.use_id, ConditionStepRow.condition_id, ConditionStepRow.id)
        .join(UseRow, col(UseRow.id) == ConditionStepRow.use_id)
        .where(
            col(UseRow.state).in_(IN_USE), col(ConditionStepRow.kind).in_(("done", "verified")), ~after, ~done
        )
        .where(col(ConditionStepRow.at) < desk.now - LOOK[about])
        .order_by(col(ConditionStepRow.at), col(ConditionStepRow.id))
        .limit(AT_ONCE)
    )
    return [(_to_due(use, id), f"{about}:{step}") for use, id, step in found]


def _due(what: str, when: Any, states: Sequence[str]) -> Any:
    done = exists().where(col(DoneRow.key) == what + ":" + col(ConditionRow.id))
    use = (UseRow.owner_id, UseRow.requester_id)
    return (
        select(ConditionRow.use_id, ConditionRow.id, ConditionRow.due_on, *use)  # type: ignore[call-overload]
        .join(UseRow, col(UseRow.id) == ConditionRow.use_id)
        .join(DecisionRow, col(DecisionRow.id) == ConditionRow.decision_id)
        .where(col(UseRow.state).in_(states), col(DecisionRow.superseded_by).is_(None), when, ~done)
        .order_by(col(ConditionRow.due_on), col(ConditionRow.id))
    )


def _to_due(use: str, id: str) -> Due:
    decision, _, number = id.rpartition(":")
    return Due(use, decision, int(number))
