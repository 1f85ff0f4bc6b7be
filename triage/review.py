"""Deciding: who may, on what grounds, and what everybody is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from triage import closing
from triage.attaching import carried
from triage.case import Case, Decision, DecisionKind, Inquiry, Signature, Status
from triage.commands import AskRequester, Decline
from triage.conditions import decided_of
from triage.declared import declared
from triage.deputies import in_place_of
from triage.desk import Desk
from triage.fingerprint import facts_digest, policies_of
from triage.lifecycle import DECIDED, FINAL, check_move
from triage.outcome import Happened, Notice, Outcome, Refused, Say
from triage.seats import deciding_people, has_part, role_of, seats, stands_for
from triage.standing import calendar_of, is_prohibited, status_by_verdict
from triage.talking import Type
from triage.verdict import Gap

REASON_FROM = 3
"""The tier from which an approval is given with a reason."""

APPROVALS = frozenset({Status.approved, Status.approved_with_conditions})

FLAGS_OF_LAW = ("art50_", "gpai_")
"""What Article 50 and the chapter on general-purpose models ask for is known before anybody says yes."""


def check_may_decide(case: Case, actor: str, desk: Desk) -> str:
    """The role in which `actor` has a say, whosever turn it is; raises the refusal otherwise."""
    called = seats(case)
    facts = {"role": " ".join(seat.role for seat in called), "case": case.id}
    facts |= {"people": " ".join(deciding_people(case, desk))}
    if desk.same(actor, case.requester):
        raise Refused("own_request", **facts)
    if case.status is Status.draft:
        raise Refused("unknown_case", case=case.id)
    if case.owner is not None and desk.same(actor, case.owner):
        raise Refused("own_use", **facts)
    named = [role for seat in called for role in (seat.role, *seat.fallback) if desk.roles.get(role)]
    if not named:
        raise Refused("nobody_in_role", **facts)
    if role := role_of(case, actor, desk):
        return role
    if any(desk.holds(actor, role) for role in named):
        check_unbiased(case, actor, desk)
        check_trained(actor, named, desk, facts)
    raise Refused("not_your_role", **facts)


def check_trained(actor: str, roles: Iterable[str], desk: Desk, facts: Mapping[str, str]) -> None:
    """For whoever has the role: the training that keeps them from deciding in it."""
    late = next(
        ((role, desk.untrained[role][actor]) for role in roles if is_untrained(actor, role, desk)), None
    )
    if late is not None:
        key = "training_nobody" if facts.get("people") == "" else "training_first"
        raise Refused(key, **{**facts, "role": late[0], "training": late[1]})


def is_untrained(person: str, role: str, desk: Desk) -> bool:
    return desk.holds(person, role) and not desk.decides(person, role)


def check_unbiased(case: Case, actor: str, desk: Desk) -> None:
    """For whoever neither asked nor owns it, and has the role: a part in it they may have all the same."""
    if has_recused(case, actor, desk):
        raise Refused("recused", case=case.id)
    if has_part(case, actor, desk):
        raise Refused("own_part", case=case.id)


def has_recused(case: Case, person: str, desk: Desk) -> bool:
    """Whether they said that they have an interest of their own in it, under whichever id."""
    return any(desk.same(person, one) for one in case.recused)


def check_seen(case: Case, version: int | None) -> None:
    """Nobody decides on what has changed since they looked; a remark changes nothing."""
    if version is not None and version != case.version:
        raise Refused("changed_since", case=case.id)


def check_closed(case: Case) -> None:
    """Nothing is cleared that is prohibited, nor while something is open that decides about it."""
    if is_prohibited(case):
        raise Refused("prohibited", case=case.id)
    if is_open(case):
        gaps = case.verdict.gaps if case.verdict else ()
        raise Refused("still_open", case=case.id, open=" ".join(gap.question for gap in gaps))


def is_open(case: Case) -> bool:
    """Whether a result is open, or a flag of law that an answer settles."""
    verdict = case.verdict
    return verdict is None or not verdict.settled or any(map(_moves_a_flag_of_law, verdict.gaps))


def may_be_cleared(case: Case) -> bool:
    """Whether nothing but somebody's decision stands between this and an approval."""
    return not is_prohibited(case) and not is_open(case)


def needs_reason(case: Case) -> bool:
    """Whoever approves what is of high risk says why, so that others can follow it later."""
    return case.verdict is None or int(case.verdict.tier.ceiling) >= REASON_FROM


def _moves_a_flag_of_law(gap: Gap) -> bool:
    return any(bound.startswith(FLAGS_OF_LAW) for bound in gap.bounds)


def check_may_become(case: Case, to: Status) -> None:
    """What stands in the way is said before the status that follows from it."""
    if to in APPROVALS and case.status not in DECIDED | FINAL:
        check_closed(case)
    if to is Status.needs_info and case.inquiry is not None:
        raise Refused("already_asked", case=case.id)
    check_move(case, to)


def decline(case: Case, command: Decline, desk: Desk) -> Outcome:
    role = check_may_decide(case, command.actor, desk)
    check_may_become(case, Status.declined)
    check_seen(case, command.version)
    decision = decision_of(
        case, DecisionKind.decline, role, command.actor, command.key, desk, reason=command.reason
    )
    decision = decision.model_copy(update={"would_change": command.would_change})
    return decided(case, Status.declined, decision)


def ask_requester(case: Case, command: AskRequester, desk: Desk) -> Outcome:
    """One open question at a time; the answer brings the case back into review."""
    role = check_may_decide(case, command.actor, desk)
    check_may_become(case, Status.needs_info)
    check_seen(case, command.version)
    inquiry = Inquiry(id=command.key, asked_by=command.actor, question=command.question, asked_at=desk.now)
    asked = case.model_copy(update={"status": Status.needs_info, "inquiries": (*case.inquiries, inquiry)})
    return Outcome(
        case=asked,
        happened=(
            Happened(
                what="inquiry.asked",
                detail={"role": role} | in_place_of(stands_for(case, command.actor, role, desk)),
                texts={"question": command.question},
            ),
        ),
        notices=(
            Notice(say=Say.inquiry, facts={"inquiry": inquiry.id, "until": closing.inquiry(asked)}),
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": "asked", "inquiry": inquiry.id}),
            Notice(say=Say.summary),
        ),
    )


def answer_inquiry(case: Case, said: Type, desk: Desk) -> Outcome:
    """The requester's words go to the reviewer as they are, and each file beside them with a note of its own."""
    waiting = case.inquiry
    if waiting is None:
        raise Refused("nothing_asked", case=case.id)
    files = "\n".join(f"{file.name or file.id} {file.link}".strip() for file in said.files)
    told = {"answered_by": said.actor, "answer": said.words, "files": files, "answered_at": desk.now}
    done = waiting.model_copy(update=told)
    inquiries = tuple(done if i.id == done.id else i for i in case.inquiries)
    stood, due = clock_stood(case, waiting, desk)
    update = {"status": status_by_verdict(case), "inquiries": inquiries, "due_at": due}
    texts = {"answer": said.words} | ({"files": files} if files else {})
    return Outcome(
        case=case.model_copy(update=update),
        happened=(Happened(what="inquiry.answered", detail={"stood": stood}, texts=texts),),
        notices=(
            Notice(
                say=Say.inquiry_thanks, facts={"inquiry": done.id, "until": closing.thanks(len(inquiries))}
            ),
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": "answered", "inquiry": done.id}),
            *(carried(file, inquiry=done.id) for file in said.files),
            Notice(say=Say.summary),
        ),
    )


def clock_stood(case: Case, waiting: Inquiry, desk: Desk) -> tuple[int, datetime | None]:
    """How many working days the question waited, and the term with as many more: they were nobody's who decides."""
    calendar = calendar_of(case, desk)
    days = calendar.closes_between(waiting.asked_at, desk.now)
    if case.due_at is None or days == 0:
        return days, case.due_at
    return days, calendar.after(case.due_at, days)


def decision_of(
    case: Case, kind: DecisionKind, role: str, actor: str, key: str, desk: Desk, *, reason: str
) -> Decision:
    return Decision(
        id=key,
        kind=kind,
        reason=reason,
        signatures=(Signature(person=actor, role=role, at=desk.now),),
        facts_digest=facts_digest(case),
        policies=policies_of(case),
        at=desk.now,
        delegated=stands_for(case, actor, role, desk),
    )


def decided(case: Case, to: Status, decision: Decision) -> Outcome:
    """Every copy shows it, the requester is told in a new message, the trail has it."""
    signature = decision.signatures[0]
    ends: dict[str, str] = {"valid_until": decision.valid_until.isoformat()} if decision.valid_until else {}
    return Outcome(
        case=case.model_copy(
            update={
                "status": to,
                "decisions": (*case.decisions, decision),
                "inquiries": _closed(case, decision),
                "approved_tier": tier_of(case) if to in APPROVALS else case.approved_tier,
            }
        ),
        happened=(
            Happened(
                what=f"case.{to.value}",
                detail={
                    "role": signature.role,
                    **declared(decision),
                    **ends,
                    **in_place_of(decision.delegated),
                },
                texts=texts_of(decision),
            ),
        ),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": "decided"}),
            Notice(say=Say.decided, facts={"until": decided_of(decision)} if decision.terms else {}),
            Notice(say=Say.summary),
        ),
    )


def tier_of(case: Case) -> int | None:
    return int(case.verdict.tier.ceiling) if case.verdict is not None else None


def texts_of(decision: Decision) -> dict[str, str]:
    texts = {"reason": decision.reason, "would_change": decision.would_change}
    texts |= {f"condition_{n}": text for n, text in enumerate(decision.conditions, 1)}
    return {name: text for name, text in texts.items() if text}


def _closed(case: Case, decision: Decision) -> tuple[Inquiry, ...]:
    """A question that still waits has no use once it is decided; a late answer is then a remark."""
    return tuple(i.model_copy(update={"answered_at": decision.at}) if i.open else i for i in case.inquiries)
