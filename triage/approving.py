"""Saying yes: one of several that are needed is kept and told, the last one decides."""

from __future__ import annotations

from datetime import date

from triage.case import Case, Decision, DecisionKind, Status
from triage.commands import Approve
from triage.declared import declared
from triage.deputies import in_place_of
from triage.desk import Desk
from triage.fingerprint import result_digest
from triage.movable import accepted
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.review import (
    check_may_become,
    check_may_decide,
    check_seen,
    decided,
    decision_of,
    needs_reason,
    texts_of,
)
from triage.seats import deciding_people, fills, is_last, open_seats, sign_offs, signer
from triage.steps import Term
from triage.terms import bound_to, pairs, terms_of
from triage.underlying import check_assessed, named

MOST_CONDITIONS = 30


def approve(case: Case, command: Approve, desk: Desk) -> Outcome:
    """One yes: the last of those that are needed decides, each before it is kept and told."""
    check_may_decide(case, command.actor, desk)
    bound = bound_to((*terms_so_far(case, desk), *pairs(command)))
    conditions = tuple(bound)
    if command.conditions and len(conditions) > MOST_CONDITIONS:
        raise Refused("too_many_conditions", case=case.id, count=str(MOST_CONDITIONS))
    to = Status.approved_with_conditions if conditions else Status.approved
    check_may_become(case, to)
    check_seen(case, command.version)
    if not desk.is_whole:
        raise Refused("rules_unreadable", case=case.id)
    if command.valid_until is not None and command.valid_until <= desk.day:
        raise Refused("ends_too_soon", case=case.id)
    if any(term.due is not None and term.due <= desk.day for term in command.terms):
        raise Refused("due_too_soon", case=case.id)
    if needs_reason(case) and not command.reason.strip():
        raise Refused("reason_needed", case=case.id)
    check_assessed(case, desk.underlying)
    filled = check_turn(case, command.actor, desk)
    last = is_last(case, filled, desk)
    yeses = filled[1:] if last else filled
    signed = tuple(_sign_off(case, command, seat, role, desk) for seat, role in yeses)
    case = case.model_copy(update={"decisions": (*case.decisions, *signed)})
    if not last:
        return _signed_off(case, signed, desk)
    kind = DecisionKind.approve_with_conditions if conditions else DecisionKind.approve
    seat, role = filled[0]
    decision = decision_of(case, kind, role, command.actor, command.key, desk, reason=command.reason)
    ends = min((day for day in (*ends_so_far(case, desk), command.valid_until) if day), default=None)
    rests_on = tuple(each.id for each in sign_offs(case, desk))
    decision = decision.model_copy(
        update={
            "conditions": conditions,
            "terms": terms_of(bound),
            "seat": seat,
            "rests_on": rests_on,
            "valid_until": ends,
        }
    )
    outcome = decided(case, to, decision)
    made = tuple(
        each.model_copy(update={"detail": {**each.detail, **named(desk.underlying)}})
        for each in outcome.happened
    )
    return outcome.model_copy(update={"happened": (*map(_told_of, signed), *made)})


def check_turn(case: Case, actor: str, desk: Desk) -> tuple[tuple[str, str], ...]:
    """The seats that their yes fills now; raises the refusal where it is not their turn, or not any more."""
    if filled := fills(case, actor, desk):
        return filled
    waits = " ".join(seat.role for seat in open_seats(case, desk))
    facts = {"case": case.id, "role": waits, "people": " ".join(deciding_people(case, desk))}
    given = any(desk.same(signer(each), actor) for each in sign_offs(case, desk))
    raise Refused("signed_already" if given else "not_your_turn", **facts)


def conditions_so_far(case: Case, desk: Desk) -> tuple[str, ...]:
    """What those ask for who said yes already."""
    return tuple(bound_to(terms_so_far(case, desk)))


def terms_so_far(case: Case, desk: Desk) -> tuple[tuple[str, Term], ...]:
    """The same with what each is bound to; where two ask for the same, the stricter counts."""
    return tuple(pair for each in sign_offs(case, desk) for pair in pairs(each))


def ends_so_far(case: Case, desk: Desk) -> tuple[date, ...]:
    """The last days that those gave it who said yes already, or accepted a risk that remains; the earliest counts."""
    given = (*sign_offs(case, desk), *accepted(case, desk))
    return tuple(each.valid_until for each in given if each.valid_until)


def _sign_off(case: Case, command: Approve, seat: str, role: str, desk: Desk) -> Decision:
    key = f"{command.key}:{seat}"
    yes = decision_of(case, DecisionKind.sign_off, role, command.actor, key, desk, reason=command.reason)
    return yes.model_copy(
        update={
            "conditions": command.conditions,
            "terms": terms_of(bound_to(pairs(command))),
            "seat": seat,
            "valid_until": command.valid_until,
            "result": result_digest(case),
        }
    )


def _told_of(yes: Decision) -> Happened:
    signature = yes.signatures[-1]
    detail: Facts = {"role": signature.role, "seat": yes.seat, **declared(yes)}
    detail |= in_place_of(yes.delegated)
    return Happened(what="case.signed_off", detail=detail, texts=texts_of(yes))


def _signed_off(case: Case, signed: tuple[Decision, ...], desk: Desk) -> Outcome:
    """Nothing is decided yet: those who are next hear of it, and whoever asked sees where it stands."""
    facts: Facts = {"about": "signed_off", "decisions": tuple(each.id for each in signed)}
    return Outcome(
        case=case,
        happened=tuple(map(_told_of, signed)),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts=facts),
            Notice(say=Say.summary),
        ),
    )
