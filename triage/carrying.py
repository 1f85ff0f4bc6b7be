"""Another tier, a risk that remains, a practice that the ban leaves out: one person says why, a second confirms it."""

from __future__ import annotations

from triage.case import Basis, Case, Decision, DecisionKind, Signature, Status
from triage.declared import declared
from triage.deputies import in_place_of
from triage.desk import Desk
from triage.fingerprint import facts_digest
from triage.motions import ConfirmProhibited, Matter, OpposeMotion, PutMotion, SecondMotion
from triage.movable import check_possible, check_value, check_waits, put_as
from triage.moved import CARRIED, OUTCOMES, facts_of, ground_of, matter_of, rests_on
from triage.movers import check_may, check_second, in_whose_place
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.review import check_may_become, check_may_decide, check_seen, decided, decision_of
from triage.rules import NOT_DECIDED, PRACTICE_EXCEPTED, TIER_DECIDED
from triage.standing import found, is_prohibited, placed


def put(case: Case, command: PutMotion, desk: Desk) -> Outcome:
    """One signature: it moves nothing by itself."""
    seat, role = check_may(case, command.actor, command.matter, command.value, desk.in_own_right)
    check_possible(case, command.matter, desk)
    check_seen(case, command.version)
    check_value(case, command, desk)
    if not command.reason.strip():
        raise Refused("reason_needed", case=case.id)
    stated = desk.settings(case)
    basis = Basis(
        ground=ground_of(command.matter, command.value),
        questions=(),
        digest=rests_on(command.matter, stated),
    )
    mine = Signature(person=command.actor, role=role, at=desk.now)
    decision = _decision(case, command.key, DecisionKind.motion, command.reason, basis, (mine,), seat, desk)
    return _told(case, decision.model_copy(update={"valid_until": command.until}), desk)


def second(case: Case, command: SecondMotion, desk: Desk) -> Outcome:
    """With it the rules judge anew what it moves. Also by a deputy, who puts and opposes nothing themselves."""
    held = check_may(case, command.actor, *matter_of(put_as(case, command.motion)), desk)
    moved, basis = check_waits(case, command.motion, desk)
    seat, role = check_second(case, moved, command.actor, held, desk)
    check_seen(case, command.version)
    if moved.valid_until is not None and moved.valid_until <= desk.day:
        raise Refused("ends_too_soon", case=case.id)
    signed = (*moved.signatures, Signature(person=command.actor, role=role, at=desk.now))
    basis = basis.model_copy(update={"claim": moved.id})
    decision = _decision(
        case, command.key, CARRIED[matter_of(moved)[0]], command.reason, basis, signed, seat, desk
    )
    place = in_whose_place(case, command.actor, role, desk)
    more = {"valid_until": moved.valid_until, "delegated": place}
    return _told(case, decision.model_copy(update=more), desk)


def oppose(case: Case, command: OpposeMotion, desk: Desk) -> Outcome:
    """That ends it; whoever put it takes it back by the same way."""
    seat, role = check_may(case, command.actor, *matter_of(put_as(case, command.motion)), desk.in_own_right)
    moved, basis = check_waits(case, command.motion, desk)
    basis = basis.model_copy(update={"claim": moved.id})
    mine = Signature(person=command.actor, role=role, at=desk.now)
    kind = DecisionKind.motion_objection
    return _told(case, _decision(case, command.key, kind, command.reason, basis, (mine,), seat, desk), desk)


def confirm_prohibited(case: Case, command: ConfirmProhibited, desk: Desk) -> Outcome:
    """Legal says that it is what the law forbids: that ends the request, and what runs has to stop."""
    role = check_may_decide(case, command.actor, desk)
    check_may_become(case, Status.declined)
    if not is_prohibited(case):
        raise Refused("not_prohibited", case=case.id)
    check_seen(case, command.version)
    if not command.reason.strip():
        raise Refused("reason_needed", case=case.id)
    kind = DecisionKind.confirm_prohibited
    made = decision_of(case, kind, role, command.actor, command.key, desk, reason=command.reason)
    return decided(case, Status.declined, made)


def _decision(
    case: Case,
    key: str,
    kind: DecisionKind,
    reason: str,
    basis: Basis,
    signed: tuple[Signature, ...],
    seat: str,
    desk: Desk,
) -> Decision:
    return Decision(
        id=key,
        kind=kind,
        reason=reason.strip(),
        signatures=signed,
        facts_digest=facts_digest(case),
        policies=desk.book.names,
        at=desk.now,
        basis=basis,
        seat=seat,
        result=facts_of(case),
    )


def _told(case: Case, decision: Decision, desk: Desk) -> Outcome:
    """What was said is kept, what follows is judged by rule, and everybody concerned sees it."""
    case, moved = placed(case.model_copy(update={"decisions": (*case.decisions, decision)}), desk)
    role, ground = decision.signatures[-1].role, decision.basis.ground if decision.basis else ""
    detail: Facts = {"role": role, **declared(decision), "ground": ground}
    detail |= {"valid_until": decision.valid_until.isoformat()} if decision.valid_until else {}
    detail |= in_place_of(decision.delegated)
    detail |= found(case.verdict) if case.verdict else {}
    texts = {"reason": decision.reason} if decision.reason else {}
    return Outcome(
        case=case,
        happened=(Happened(what=OUTCOMES[decision.kind], detail=detail, texts=texts), *moved),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": decision.kind.value, "motion": decision.id}),
            Notice(say=Say.summary),
        ),
    )


def followed(before: Case | None, outcome: Outcome, desk: Desk) -> Outcome:
    """Where what two people settled went with what it rested on, the trail and everybody concerned hear of it."""
    case = outcome.case
    if before is None or len(case.decisions) > len(before.decisions):
        return outcome
    lost = [
        matter
        for matter, name in ((Matter.tier, TIER_DECIDED), (Matter.practice, PRACTICE_EXCEPTED))
        if _stated(before, name) != NOT_DECIDED and _stated(case, name) == NOT_DECIDED
    ]
    told = {notice.say for notice in outcome.notices}
    drawn = tuple(Notice(say=say) for say in (Say.card, Say.summary) if lost and say not in told)
    gone = tuple(Happened(what="motion.gone", detail={"matter": matter.value}) for matter in lost)
    notes = tuple(
        Notice(say=Say.card_note, facts={"about": "motion_gone", "matter": matter.value}) for matter in lost
    )
    return outcome.model_copy(
        update={
            "happened": (*outcome.happened, *gone),
            "notices": (*outcome.notices, *drawn, *notes),
        }
    )


def _stated(case: Case, name: str) -> tuple[str, ...]:
    return case.verdict.stated.get(name, NOT_DECIDED) if case.verdict else NOT_DECIDED
