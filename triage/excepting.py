"""An exception that lowers the class of a use: one person says why, and it counts when a second has confirmed it."""

from __future__ import annotations

from intake.value import Value
from triage.case import Basis, Case, Decision, DecisionKind, Signature, Status
from triage.commands import ClaimException, ConfirmException, ObjectException
from triage.declared import declared
from triage.desk import Desk
from triage.fingerprint import facts_digest
from triage.judge import judge
from triage.lifecycle import WAITING
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.referring import is_own
from triage.rehearsing import directions
from triage.review import check_seen, check_trained, check_unbiased
from triage.rules import CLASS, SIGNATURES
from triage.signed import OUTCOMES, answers_of, digest_of, gone, last_said, standing
from triage.standing import found, placed
from triage.verdict import Verdict

LEGAL = "legal"
ROLES = (LEGAL, "risk_owner")
"""Who may sign; one of the two signs as legal."""

CONDITIONS = ("narrow_task", "improves_work", "finds_patterns", "prepares")
"""Article 6(3), points (a) to (d)."""
EXCLUSION, OUTSIDE = "exclusion", "out_of_scope"


class Offer(Value):
    """What can be signed for: one of `grounds`, on the answers to `questions`."""

    grounds: tuple[str, ...]
    questions: tuple[str, ...]


def offer(case: Case, desk: Desk) -> Offer | None:
    """None where two signatures would lower nothing, for instance because people are profiled."""
    if case.status not in WAITING:
        return None
    bare, signed = _signed_by(0, case, desk), _signed_by(2, case, desk)
    held = {reason.rule for reason in bare.reasons}
    by = {r.rule for r in signed.reasons if r.result == CLASS} - held
    if not by or not directions(desk.book, CLASS, bare.results[CLASS], signed.results[CLASS])[1]:
        return None
    looked_at = {q for rule in desk.book.rules() if rule.id in by for q in rule.when.questions()}
    claims = {question.id for question in desk.form.questions() if question.claim}
    left_out = signed.results[CLASS].ceiling == OUTSIDE and EXCLUSION in case.facts
    grounds = case.facts[EXCLUSION].answer.picked if left_out else CONDITIONS
    return Offer(grounds=grounds, questions=tuple(sorted(looked_at | claims)))


def _signed_by(people: int, case: Case, desk: Desk) -> Verdict:
    stated = {**desk.settings(case), SIGNATURES: (str(people),)}
    return judge(desk.form, desk.book, case.answers, stated, desk.day)


def live(case: Case, desk: Desk) -> Decision | None:
    """What was said of an exception and still counts."""
    return standing(case, desk.book, desk.holds)


def check_may(case: Case, actor: str, desk: Desk) -> str:
    """The role in which `actor` signs; nobody does so for a use of their own."""
    if case.status is Status.draft:
        raise Refused("unknown_case", case=case.id)
    if is_own(case, actor, desk):
        raise Refused("own_exception", case=case.id)
    role = next((role for role in ROLES if desk.decides(actor, role)), "")
    if not role:
        check_trained(actor, ROLES, desk, {"case": case.id})
        raise Refused("not_your_exception", case=case.id)
    check_unbiased(case, actor, desk)
    if case.status not in WAITING:
        raise Refused("not_now", case=case.id)
    return role


def check_claimable(case: Case, desk: Desk) -> Offer:
    """Whoever comes second hears who was first."""
    if (said := live(case, desk)) is not None:
        done = said.kind is DecisionKind.annex_rebuttal
        key = "exception_confirmed" if done else "exception_claimed"
        raise Refused(key, case=case.id, whom=said.signatures[-1].person)
    if (offered := offer(case, desk)) is None:
        raise Refused("no_exception", case=case.id)
    return offered


def check_waits(case: Case, claim: str, desk: Desk) -> tuple[Decision, Basis]:
    """The claim that waits for a second person, if it is still the one that was shown."""
    said = live(case, desk)
    if said is not None and said.kind is DecisionKind.annex_rebuttal:
        raise Refused("exception_confirmed", case=case.id, whom=said.signatures[-1].person)
    if said is None or said.basis is None or said.id != claim:
        raise Refused("exception_over", case=case.id)
    return said, said.basis


def to_confirm(case: Case, person: str, desk: Desk) -> Decision | None:
    """The claim that waits for a second yes, if this person may give it."""
    said = live(case, desk)
    if said is None or said.kind is not DecisionKind.annex_claim:
        return None
    try:
        check_second(said, person, check_may(case, person, desk), desk)
    except Refused:
        return None
    return said


def check_second(claim: Decision, actor: str, role: str, desk: Desk) -> None:
    """Two different human beings, and one of them from legal."""
    first = claim.signatures[0]
    if desk.same(actor, first.person):
        raise Refused("exception_second")
    if LEGAL not in (role, first.role):
        raise Refused("exception_legal")


def claim(case: Case, command: ClaimException, desk: Desk) -> Outcome:
    """One signature: it moves nothing by itself."""
    role = check_may(case, command.actor, desk)
    offered = check_claimable(case, desk)
    check_seen(case, command.version)
    if command.ground not in offered.grounds:
        raise Refused("no_exception", case=case.id)
    digest = digest_of(answers_of(case), offered.questions)
    basis = Basis(ground=command.ground, questions=offered.questions, digest=digest)
    mine = Signature(person=command.actor, role=role, at=desk.now)
    return _said(case, command, DecisionKind.annex_claim, basis, (mine,), desk)


def confirm(case: Case, command: ConfirmException, desk: Desk) -> Outcome:
    """With it the class is judged anew, by rule."""
    role = check_may(case, command.actor, desk)
    waiting, basis = check_waits(case, command.claim, desk)
    check_second(waiting, command.actor, role, desk)
    check_seen(case, command.version)
    signed = (*waiting.signatures, Signature(person=command.actor, role=role, at=desk.now))
    basis = basis.model_copy(update={"claim": waiting.id})
    return _said(case, command, DecisionKind.annex_rebuttal, basis, signed, desk)


def object_to(case: Case, command: ObjectException, desk: Desk) -> Outcome:
    """That ends it; whoever claimed it takes it back by the same way."""
    role = check_may(case, command.actor, desk)
    waiting, basis = check_waits(case, command.claim, desk)
    basis = basis.model_copy(update={"claim": waiting.id})
    mine = Signature(person=command.actor, role=role, at=desk.now)
    return _said(case, command, DecisionKind.annex_objection, basis, (mine,), desk)


def _said(
    case: Case,
    command: ClaimException | ConfirmException | ObjectException,
    kind: DecisionKind,
    basis: Basis,
    signed: tuple[Signature, ...],
    desk: Desk,
) -> Outcome:
    """What was said is kept, the class follows from it by rule, and everybody concerned sees it."""
    decision = Decision(
        id=command.key,
        kind=kind,
        reason=command.reason.strip(),
        signatures=signed,
        facts_digest=facts_digest(case),
        policies=desk.book.names,
        at=desk.now,
        basis=basis,
    )
    case, moved = placed(case.model_copy(update={"decisions": (*case.decisions, decision)}), desk)
    detail: Facts = {"role": signed[-1].role, **declared(decision)}
    detail |= {"ground": basis.ground, **(found(case.verdict) if case.verdict else {})}
    texts = {"reason": decision.reason} if decision.reason else {}
    return Outcome(
        case=case,
        happened=(Happened(what=OUTCOMES[kind], detail=detail, texts=texts), *moved),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": kind.value, "exception": decision.id}),
            Notice(say=Say.summary),
        ),
    )


def followed(before: Case | None, outcome: Outcome, desk: Desk) -> Outcome:
    """Where signatures went with what they rested on, the trail and everybody concerned hear of it."""
    case = outcome.case
    if before is None or _counted(case) >= _counted(before) or len(case.decisions) > len(before.decisions):
        return outcome
    said = last_said(case)
    if said is None:
        return outcome
    because = gone(case, said, desk.book, desk.holds)
    told = {notice.say for notice in outcome.notices}
    drawn = tuple(Notice(say=say) for say in (Say.card, Say.summary) if say not in told)
    about: Facts = {"about": "exception_gone", "exception": said.id, "because": because}
    gone_by = Happened(what="exception.gone", detail={"exception": said.id, "because": because})
    return outcome.model_copy(
        update={
            "happened": (*outcome.happened, gone_by),
            "notices": (*outcome.notices, *drawn, Notice(say=Say.card_note, facts=about)),
        }
    )


def _counted(case: Case) -> int:
    """The signatures that its result was given on."""
    return int(case.verdict.stated.get(SIGNATURES, ("0",))[0]) if case.verdict else 0
