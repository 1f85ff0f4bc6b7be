"""Settling what was left open: after a request is in, the facts that a result waits for can still be given."""

from __future__ import annotations

from intake.answers import State
from triage import closing
from triage.case import Case, Status
from triage.commands import Settle
from triage.desk import Desk
from triage.interview import learn, said
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.review import has_recused
from triage.seats import roles
from triage.standing import placed

OPEN_TO_FACTS = frozenset({Status.in_review, Status.needs_info, Status.blocked})
LEAD = "governance_lead"


def open_questions(case: Case) -> tuple[str, ...]:
    """The questions that can still move a result."""
    return tuple(gap.question for gap in case.verdict.gaps) if case.verdict else ()


def may_settle(case: Case, actor: str, question: str, desk: Desk) -> bool:
    """The requester, the owner, whoever the question is for, and those who decide."""
    if actor in (case.requester, case.owner):
        return True
    if has_recused(case, actor, desk):
        return False
    known = desk.form.by_id.get(question)
    those = {*roles(case), LEAD} | ({known.settled_by} if known else set())
    return any(desk.holds(actor, role) for role in those)


def settle(case: Case, command: Settle, desk: Desk) -> Outcome:
    """Facts for open questions only, each with who gave it; the results follow from them, nobody's decision does."""
    if case.status is Status.draft and command.actor != case.requester:
        raise Refused("unknown_case", case=case.id)
    if case.status not in OPEN_TO_FACTS:
        raise Refused("not_now", case=case.id)
    given = {
        q: a
        for q, a in command.answers.items()
        if a.state is State.answered and q in open_questions(case) and q in desk.form.by_id
    }
    if not given:
        raise Refused("nothing_settled", case=case.id)
    for question in given:
        if not may_settle(case, command.actor, question, desk):
            role = desk.form.by_id[question].settled_by
            raise Refused("not_yours_to_settle", role=role, case=case.id)
    happened: list[Happened] = []
    for question, answer in given.items():
        case = learn(case, question, answer, command.actor, desk)
        happened.append(said("question.settled", question, answer))
    case, moved = placed(case, desk)
    return Outcome(
        case=case,
        happened=(*happened, *moved),
        notices=(
            Notice(say=Say.card),
            Notice(
                say=Say.card_note, facts={"about": "settled", "questions": tuple(given), "by": command.actor}
            ),
            told(desk, questions=tuple(given), by=command.actor),
            Notice(say=Say.summary),
        ),
    )


def told(desk: Desk, **facts: str | tuple[str, ...]) -> Notice:
    """Whoever asked hears what was answered in their request, by them or by somebody else, and what is still open."""
    named: Facts = {**facts, "until": closing.told(desk.now), "fresh": True}
    return Notice(say=Say.settled_for_you, facts=named)
