"""Taking back what was handed in, and taking it up again: what was said stays, and nobody decides in between."""

from __future__ import annotations

from triage import closing
from triage.case import Case, Status
from triage.closing import OFFERED, TAKEN_BACK
from triage.desk import Desk
from triage.interview import judged
from triage.lifecycle import WAITING, check_move
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.phased import is_recorded, only_recorded, was_only_recorded, without_reviewers
from triage.standing import due_by, status_by_verdict
from triage.talking import Reopen, Withdraw


def offer(case: Case, words: str) -> Outcome:
    """Words alone withdraw nothing: they may be meant for somebody, or for something else."""
    offered = Notice(say=Say.withdraw_offered, facts={"until": OFFERED, "fresh": True})
    return Outcome(case=case, happened=(kept(case, words),), notices=(offered,))


def offer_again(case: Case, words: str) -> Outcome:
    offered = Notice(say=Say.withdrawn, facts={"until": TAKEN_BACK, "fresh": True})
    return Outcome(case=case, happened=(kept(case, words),), notices=(offered,))


def kept(case: Case, words: str) -> Happened:
    """What somebody said beside it, for the trail."""
    phase = case.talk.phase.value if case.talk else ""
    return Happened(what="words.kept", detail={"phase": phase}, texts={"words": words})


def withdraw(case: Case, command: Withdraw, desk: Desk) -> Outcome:
    """From the moment it was handed in until it is decided; only by whoever asked."""
    _check_own(case, command.actor)
    if case.status is Status.draft:
        raise Refused("not_submitted", case=case.id)
    check_move(case, Status.withdrawn)
    told = Notice(say=Say.withdrawn, facts={"until": TAKEN_BACK, "fresh": True})
    asked = _told("withdrawn")
    return Outcome(
        case=case.model_copy(update={"status": Status.withdrawn}),
        happened=(Happened(what="case.withdrawn", detail={"was": case.status.value}),),
        notices=(told, *(without_reviewers(asked) if is_recorded(case) else asked)),
    )


def reopen(case: Case, command: Reopen, desk: Desk) -> Outcome:
    """As if it were handed in now: judged by what holds today, with a new term where the old one is over.

    An approval that it had ended when it was withdrawn, so nobody goes on with it while the decision is put off.
    A question that waited for an answer waits again. The plan puts off anew what it had put off; what others were
    asked to decide is asked again, or a review could be asked around.
    """
    _check_own(case, command.actor)
    recorded = was_only_recorded(case)
    if case.status in WAITING:
        raise Refused("reopened_already", case=case.id)
    if case.status is not Status.withdrawn or case.submitted_at is None:
        raise Refused("not_now", case=case.id)
    case = judged(case, desk)
    to = status_by_verdict(case)
    check_move(case, to)
    asked = case.inquiries[-1] if case.inquiries and case.inquiries[-1].open else None
    if asked is not None and to is Status.in_review:
        to = Status.needs_info
    still = case.due_at is not None and case.due_at > desk.now  # nobody wins time, and no day is past already
    due = case.due_at if still else due_by(case, desk)
    case = case.model_copy(update={"status": to, "due_at": due, "submitted_at": desk.now})
    notices = [Notice(say=Say.submitted)]
    if case.inquiry is not None:
        facts: Facts = {"inquiry": case.inquiry.id, "until": closing.inquiry(case), "fresh": True}
        notices.append(Notice(say=Say.inquiry, facts=facts))
    taken_up = Outcome(
        case=case,
        happened=(Happened(what="case.reopened", detail={"to": to.value}),),
        notices=(*notices, *_told("reopened")),
    )
    return only_recorded(taken_up, desk) if recorded else taken_up


def _check_own(case: Case, actor: str) -> None:
    """Under the very id that asked: another one may be somebody else of that name, which only ever forbids."""
    if not case.requester or actor != case.requester:
        raise Refused("not_your_request", case=case.id)


def _told(about: str) -> tuple[Notice, ...]:
    return (
        Notice(say=Say.summary),
        Notice(say=Say.card),
        Notice(say=Say.card_note, facts={"about": about}),
    )
