"""An approval that does not cover what is there now: the use waits again for those who decide, also after it lapsed."""

from __future__ import annotations

from triage.case import Case, Status
from triage.desk import Desk
from triage.lifecycle import check_move
from triage.outcome import Happened
from triage.standing import due_by, status_by_verdict

OPENED = "case.under_reassessment"


def reopened(case: Case, desk: Desk) -> Case:
    """Approved as it was, and waiting again for those who decide what it is now. The case is judged already."""
    if case.status is not Status.under_reassessment:
        check_move(case, Status.under_reassessment)
    doubted = case.model_copy(update={"status": Status.under_reassessment, "due_at": due_by(case, desk)})
    to = status_by_verdict(doubted)
    check_move(doubted, to)
    return doubted.model_copy(update={"status": to})


def opened(case: Case) -> Happened:
    """The approval that it opens again is `former`: the line tells of no decision."""
    former = case.decision.id if case.decision else ""
    return Happened(what=OPENED, detail={"was": case.status.value, "former": former})
