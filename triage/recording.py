"""Recorded at once: what two people approved beforehand holds for a request that is within it, once it is accepted.

It is no yes of its own: the yes is that of the two, named with its day; rules find only that nothing is otherwise.
"""

from __future__ import annotations

from datetime import timedelta

from triage.case import Case, Decision, DecisionKind, Status
from triage.declared import declared
from triage.desk import Desk
from triage.expiring import after
from triage.fingerprint import facts_digest, policies_of
from triage.lifecycle import check_move
from triage.matching import matching
from triage.outcome import Facts, Happened, Notice, Outcome, Say
from triage.pattern import Clause, Known, Under, yes_of
from triage.review import texts_of, tier_of
from triage.sampling import drawn_at, is_drawn
from triage.steps import Term


def recorded(handed_in: Outcome, accepted: str, key: str, desk: Desk) -> Outcome:
    """The same outcome without anybody asked, where the pattern that was accepted is the one that fits now.

    `accepted`: the pattern whose conditions stood before the eyes of who pressed. In doubt people decide.
    """
    case = handed_in.case
    if not accepted or case.status is not Status.in_review or not desk.is_whole:
        return handed_in
    known = matching(case, desk)
    if known is None or known.pattern.id != accepted:
        return handed_in
    decision = _decision(case, known, key, desk)
    to = Status.approved_with_conditions if decision.conditions else Status.approved
    check_move(case, to)
    drawn = is_drawn(known.pattern.sampling, known.pattern.id, case.id)
    steps = (drawn_at(case, known.pattern.id, key, desk),) if drawn else ()
    update = {"status": to, "decisions": (*case.decisions, decision), "due_at": None}
    kept = {"pattern_steps": (*case.pattern_steps, *steps), "approved_tier": tier_of(case)}
    case = case.model_copy(update=update | kept)
    return Outcome(
        case=case,
        happened=(*handed_in.happened, *_happened(decision, known, drawn)),
        notices=(
            *(each for each in handed_in.notices if each.say not in (Say.submitted, Say.card, Say.referral)),
            Notice(say=Say.decided),
            Notice(say=Say.card if drawn else Say.recorded_note),
        ),
    )


def _decision(case: Case, known: Known, key: str, desk: Desk) -> Decision:
    pattern = known.pattern
    terms = tuple(_term(clause, desk) for clause in pattern.clauses)
    return Decision(
        id=key,
        kind=DecisionKind.by_pattern,
        reason=pattern.covers,
        conditions=tuple(clause.text for clause in pattern.clauses),
        terms=terms if any(term != Term() for term in terms) else (),
        signatures=(),
        facts_digest=facts_digest(case),
        policies=policies_of(case),
        at=desk.now,
        valid_until=after(desk.day, pattern.months),
        under=Under(pattern=pattern.id, name=known.name, yes=yes_of(known)),
    )


def _term(clause: Clause, desk: Desk) -> Term:
    due = desk.day + timedelta(days=clause.days) if clause.days else None
    return Term(due=due, check=clause.check, otherwise=clause.otherwise)


def _happened(decision: Decision, known: Known, drawn: bool) -> tuple[Happened, ...]:
    ends = decision.valid_until.isoformat() if decision.valid_until else ""
    detail: Facts = {**declared(decision), "pattern": known.pattern.id}
    detail |= {"named": known.name, "yes": tuple(each.person for each in yes_of(known))}
    detail |= {"valid_until": ends, "drawn": drawn}
    return (Happened(what="case.recorded", detail=detail, texts=texts_of(decision)),)
