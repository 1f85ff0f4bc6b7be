"""The answer of whoever was asked a question that others left open, with their name and role beside it."""

from __future__ import annotations

from collections.abc import Iterable

from intake.answers import Answer, State
from intake.check import problems
from triage.case import Case, Referral, Status
from triage.commands import Reply
from triage.desk import Desk
from triage.interview import learn, said
from triage.outcome import Happened, Notice, Outcome, Refused, Say
from triage.referring import is_own
from triage.review import check_unbiased
from triage.settling import told
from triage.standing import placed


def reply(case: Case, command: Reply, desk: Desk) -> Outcome:
    """One more fact for each; that the requester was not sure stays in the history of the facts."""
    asked = asked_in(case, command.number)
    role = check_may_reply(case, command.actor, asked[0], desk)
    given = {q: a for q, a in command.answers.items() if a.state is State.answered}
    if _said_just_now(case, command, given, asked):
        return Outcome(case=case)
    waiting = check_waits(case, asked, given or {r.question for r in asked})
    if command.unsure:
        return _not_sure(case, command, role, desk)
    given = {q: a for q, a in given.items() if q in waiting and q in desk.form.by_id}
    if not given or problems(desk.form, given):
        raise Refused("nothing_settled", case=case.id)
    happened: list[Happened] = []
    for question, answer in given.items():
        case = learn(case, question, answer, command.actor, desk)
        happened.append(_answered(question, answer, role))
    case, moved = placed(case, desk)
    answered: dict[str, str | tuple[str, ...]] = {
        "questions": tuple(given),
        "by": command.actor,
        "role": role,
    }
    return Outcome(
        case=case,
        happened=(*happened, *moved),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": "settled", **answered}),
            told(desk, **answered),
            Notice(say=Say.summary),
        ),
    )


def asked_in(case: Case, number: int) -> tuple[Referral, ...]:
    """All that one message asks."""
    asked = tuple(r for r in case.referrals if r.number == number)
    if case.status is Status.draft or not asked:
        raise Refused("unknown_case", case=case.id)
    return asked


def check_may_reply(case: Case, actor: str, asked: Referral, desk: Desk) -> str:
    """The role in which `actor` answers; nobody does so for a use of their own."""
    if is_own(case, actor, desk):
        raise Refused("own_referral", case=case.id, role=asked.role)
    if not desk.holds(actor, asked.role):
        raise Refused("not_your_referral", case=case.id, role=asked.role)
    check_unbiased(case, actor, desk)
    return asked.role


def check_waits(case: Case, asked: Iterable[Referral], questions: Iterable[str]) -> set[str]:
    """Those of the questions that wait; whoever comes second hears who was first."""
    meant = [r for r in asked if r.question in set(questions)]
    waiting = {r.question for r in meant if r.open}
    if waiting:
        return waiting
    first = next((r.by for r in meant if r.by), None)
    if first is None:
        raise Refused("referral_closed", case=case.id)
    raise Refused("referral_answered", case=case.id, whom=first)


def _said_just_now(case: Case, command: Reply, given: dict[str, Answer], asked: tuple[Referral, ...]) -> bool:
    """The second half of a double click: the same person said the same."""
    mine = {r.question: r for r in asked if not r.open and r.by == command.actor}
    if command.unsure:
        return len(mine) == len(asked) and all(r.state == "unsure" for r in mine.values())
    return bool(given) and all(q in mine and case.answers.get(q) == a for q, a in given.items())


def _answered(question: str, answer: Answer, role: str) -> Happened:
    line = said("referral.answered", question, answer)
    return line.model_copy(update={"detail": {**line.detail, "role": role}})


def _not_sure(case: Case, command: Reply, role: str, desk: Desk) -> Outcome:
    """That is noted, and changes no fact: what the requester was sure of stays."""
    mine = [r for r in case.referrals if r.number == command.number and r.open]
    closed = {r.key: r.closed("unsure", command.actor, desk.now) for r in mine}
    return Outcome(
        case=case.model_copy(update={"referrals": tuple(closed.get(r.key, r) for r in case.referrals)}),
        happened=(
            Happened(
                what="referral.unsure", detail={"questions": tuple(r.question for r in mine), "role": role}
            ),
        ),
        notices=(Notice(say=Say.card), Notice(say=Say.summary)),
    )
