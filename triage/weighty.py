"""Which facts of a use weigh most: those on which a rule rests, and those whose other answer would move a result."""

from __future__ import annotations

from intake.answers import State
from intake.form import Kind
from triage.case import Case
from triage.current import current
from triage.desk import Desk
from triage.program import compiled
from triage.relevance import Outlook

NEVER = frozenset({"title", "unit", "owner", "stage", "kind"})
"""What the register keeps by other ways: who owns it is handed over, and a stage is moved through its gates."""
MOST = 6
"""So many that follow are asked in one window; what is still open then is settled by those who decide."""


def weighty(case: Case, desk: Desk) -> tuple[str, ...]:
    """The most telling first; what nobody answered is no fact to confirm."""
    answers = current(desk.form, case.answers)
    asked = [
        each
        for each in desk.form.by_id.values()
        if each.id not in NEVER and each.id in answers and answers[each.id].state is not State.not_asked
    ]
    fired = _fired(case)
    moves = {each.id: _moves(case, desk, each.id) if each.kind is not Kind.text else 0 for each in asked}
    telling = [each.id for each in asked if fired.get(each.id) or moves[each.id] or each.kind is Kind.text]
    return tuple(sorted(telling, key=lambda q: (-fired.get(q, 0), -moves[q])))


def following(before: Case, now: Case, desk: Desk) -> tuple[str, ...]:
    """What nobody had to answer, and is worth asking since other answers were given."""
    known, then = (set(_worth(each, desk)) for each in (before, now))
    return tuple(q for q in _worth(now, desk) if q in then - known and q not in NEVER)[:MOST]


def _worth(case: Case, desk: Desk) -> tuple[str, ...]:
    answers = current(desk.form, case.answers)
    return Outlook(compiled(desk.form, desk.book), answers, desk.settings(case)).worth_asking()


def _fired(case: Case) -> dict[str, int]:
    """By question the highest tier that a rule gives on it, and little where it only rests in another result."""
    found: dict[str, int] = {}
    for reason in case.verdict.reasons if case.verdict else ():
        weight = int(reason.level) if reason.result == "tier" else 1
        for question in reason.facts:
            found[question] = max(found.get(question, 0), weight)
    return found


def _moves(case: Case, desk: Desk, question: str) -> int:
    """How many results another answer to it could move."""
    others = {q: a for q, a in current(desk.form, case.answers).items() if q != question}
    outlook = Outlook(compiled(desk.form, desk.book), others, desk.settings(case))
    return len(outlook.moved_by_one.get(question, ()))
