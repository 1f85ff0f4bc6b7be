"""Somebody says that an answer was wrong: it reaches whoever answers for the use, and counts. It decides nothing."""

from __future__ import annotations

from triage.afterwards import ReportWrong
from triage.case import Case, Report, Status
from triage.desk import Desk
from triage.enough import check_not_enough
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.running import was_approved

RUNS = frozenset(
    {
        Status.approved,
        Status.approved_with_conditions,
        Status.under_reassessment,
        Status.lapsed,
        Status.disclosed,
    }
)
"""Whoever uses it may still see what it says, whatever became of the yes."""
OVER = frozenset({Status.declined, Status.withdrawn, Status.retired})
LONGEST = 1000


def check_may_report(case: Case) -> None:
    """Anybody who sees it; confidential ones read to others like what does not exist, which is for the door to say."""
    if case.status is Status.draft:
        raise Refused("unknown_case", case="")
    if case.status not in RUNS and (case.status in OVER or not was_approved(case)):
        raise Refused("not_running", case=case.id)


def may_report(case: Case) -> bool:
    try:
        check_may_report(case)
    except Refused:
        return False
    return True


def report(case: Case, command: ReportWrong, desk: Desk) -> Outcome:
    check_may_report(case)
    check_not_enough(case, command.actor, desk)
    made = Report(id=command.key, by=command.actor, at=desk.now, words=command.words.strip()[:LONGEST])
    detail: Facts = {"report": made.id, "by": made.by}
    facts: Facts = {"report": made.id, "until": "reported"}
    return Outcome(
        case=case.model_copy(update={"reports": (*case.reports, made)}),
        happened=(
            Happened(
                what="answer.reported", detail=detail, texts={"words": made.words} if made.words else {}
            ),
        ),
        notices=(_told(case, facts),),
    )


def _told(case: Case, facts: Facts) -> Notice:
    """In the thread of whoever asked, where one message shows them all; to another owner directly."""
    answers = case.owner or case.requester
    there = case.talk.person if case.talk else ""
    return Notice(say=Say.reported, to="" if answers == there else answers, facts=facts)
