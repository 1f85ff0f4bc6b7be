"""A use is stopped because of an incident, by one person who may decide about it; it waits for a new decision."""

from __future__ import annotations

from triage.case import Case, Status
from triage.desk import Desk
from triage.interview import judged
from triage.onward import SuspendUse
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.parts import named_ones
from triage.reopening import opened, reopened
from triage.review import check_unbiased
from triage.seats import is_theirs, role_of
from triage.teams import standing
from triage.telling import told_running
from triage.whereabouts import keeper

AT_ANY_TIME = ("governance_lead", "risk_owner")
"""Who may stop any use, beside those who have a say in it."""


def role_to_suspend(case: Case, person: str, desk: Desk) -> str:
    """The role in which they may; "" for none. Nobody judges what is their own."""
    if has_own(case, person, desk):
        return ""
    held = next((role for role in AT_ANY_TIME if desk.holds(person, role)), "")
    return held or role_of(case, person, desk.in_own_right)


def has_own(case: Case, person: str, desk: Desk) -> bool:
    try:
        check_unbiased(case, person, desk)
    except Refused:
        return True
    return is_theirs(case, person, desk)


def check_may_suspend(case: Case, actor: str, desk: Desk) -> str:
    if case.status is Status.draft:
        raise Refused("unknown_case", case=case.id)
    if not case.in_use:
        raise Refused("stopped_already", case=case.id)
    if is_theirs(case, actor, desk) and not any(desk.same(actor, one) for one in case.recused):
        raise Refused("own_use", case=case.id)
    check_unbiased(case, actor, desk)
    role = role_to_suspend(case, actor, desk)
    if not role:
        raise Refused("not_who_suspends", case=case.id)
    return role


def suspend(case: Case, command: SuspendUse, desk: Desk) -> Outcome:
    role = check_may_suspend(case, command.actor, desk)
    facts: Facts = {
        "about": "suspended",
        "step": command.key,
        "by": command.actor,
        "incident": command.incident,
    }
    people = {case.requester, keeper(case), *named_ones(case), *(each.owner for each in standing(case))}
    detail: Facts = {"role": role, "incident": command.incident}
    return Outcome(
        case=reopened(judged(case, desk), desk),
        happened=(
            Happened(what="use.suspended", detail=detail),
            opened(case),
        ),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts=facts),
            *told_running(case, facts, people - {command.actor}),
            Notice(say=Say.summary),
        ),
    )
