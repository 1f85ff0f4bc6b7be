"""The marks of uses that are listed, and the cards that are drawn anew when another scope counts.

Nothing of it is stored: a mark follows from the scope and from what is known of a use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session, col, select

from intake.answers import Answer, State
from store.entries import load as load_entry
from store.owed import owe_card
from store.queries import AT_ONCE, WAITS
from store.records import USE, load
from store.tables import AnswerSetRow, DeploymentRow, FactRow, UseRow
from triage.aims.entry import Entry as Stated
from triage.aims.scoped import KIND, About, Mark, Scope, mark, mark_of, scope_of
from triage.desk import Desk
from triage.register import Entry


def counting(session: Session, desk: Desk) -> Scope | None:
    """As it stands in the database now."""
    return scope_of(load_entry(session, KIND), desk.form, desk.wording, desk.organisation.units)


def marks(session: Session, scope: Scope, uses: Sequence[Entry]) -> dict[str, Mark]:
    """By the id of each."""
    ids = [each.id for each in uses]
    teams, answers = _teams(session, ids), _answers(session, scope, ids)
    found = {}
    for use in uses:
        units = tuple(dict.fromkeys(filter(None, (use.unit, *teams[use.id]))))
        found[use.id] = mark(scope, About(use.ref or "", use.tool_name, units, answers[use.id]))
    return found


def marked(session: Session, scope: Scope | None, uses: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each with its mark, where a scope counts."""
    listed = tuple(uses)
    if scope is None:
        return listed
    found = marks(session, scope, listed)
    return tuple(each.model_copy(update={"scope": found[each.id].within}) for each in listed)


def follow(session: Session, before: Stated | None, after: Stated, desk: Desk) -> None:
    """Cards of what waits show another mark at once."""
    if after.kind != KIND:
        return
    was, now = (scope_of(each, desk.form, desk.wording, desk.organisation.units) for each in (before, after))
    if (was and was.draft.number) == (now and now.draft.number):
        return
    for id in session.exec(select(UseRow.id).where(col(UseRow.state).in_(sorted(WAITS)))).all():
        case = load(session, id)
        if case is not None and mark_of(was, case) != mark_of(now, case):
            owe_card(session, id, desk)


def _teams(session: Session, ids: Sequence[str]) -> Mapping[str, list[str]]:
    query = select(DeploymentRow.use_id, DeploymentRow.unit).where(col(DeploymentRow.left_at).is_(None))
    if len(ids) <= AT_ONCE:
        query = query.where(col(DeploymentRow.use_id).in_(ids))
    found = defaultdict[str, list[str]](list)
    for use, unit in session.exec(query.order_by(DeploymentRow.id)):
        found[use].append(unit or "")
    return found


def _answers(session: Session, scope: Scope, ids: Sequence[str]) -> Mapping[str, dict[str, Answer]]:
    """The newest to each question that the scope looks at; nothing is read where it looks at none."""
    found = defaultdict[str, dict[str, Answer]](dict)
    if not scope.asked:
        return found
    query = (
        select(AnswerSetRow.subject_id, FactRow.question, FactRow.state, FactRow.value)
        .join(AnswerSetRow, col(AnswerSetRow.id) == FactRow.answer_set_id)
        .where(AnswerSetRow.subject_kind == USE, col(FactRow.question).in_(sorted(scope.asked)))
    )
    if len(ids) <= AT_ONCE:
        query = query.where(col(AnswerSetRow.subject_id).in_(ids))
    for use, question, state, value in session.exec(query.order_by(col(FactRow.id))):
        found[use][question] = Answer(state=State(state), picked=tuple(value or ()))
    return found
