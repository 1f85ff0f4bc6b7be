"""Whether what was approved once may not be used any more, though nobody has decided since."""

from __future__ import annotations

from datetime import date
from typing import Literal

from triage.case import Case, Status
from triage.conditions import stopped_by
from triage.expiring import is_over
from triage.running import was_approved
from triage.watched import beyond

OVER = frozenset(
    {
        Status.withdrawn,
        Status.lapsed,
        Status.under_reassessment,
        Status.retired,
        Status.declined,
        Status.blocked,
    }
)
Why = Literal["", "withdrawn", "overseer", "past", "condition", "lapsed"]


def taken_up_again(case: Case) -> bool:
    """Whether it was withdrawn since it was approved: the approval ended with that, and comes back by nothing."""
    made, handed_in = case.decision, case.submitted_at
    return made is not None and handed_in is not None and was_approved(case) and made.at < handed_in


def is_stopped(case: Case) -> bool:
    """Whether whoever oversees it has stopped it since anybody decided."""
    stops = [each.at for each in case.appointments if each.kind == "stopped"]
    return bool(stops) and case.decision is not None and stops[-1] > case.decision.at


def ended_by(case: Case, day: date) -> Why:
    """Why those who decide have it again, where nothing else has changed about it."""
    if not was_approved(case):
        return ""
    if taken_up_again(case):
        return "withdrawn"
    if is_stopped(case):
        return "overseer"
    if beyond(case):
        return "past"
    if stopped_by(case):
        return "condition"
    return "lapsed" if is_over(case.decision, day) else ""


def has_ended(case: Case, day: date) -> bool:
    if not was_approved(case):
        return False
    return case.status in OVER or bool(ended_by(case, day))
