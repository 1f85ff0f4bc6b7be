"""Why a use that was approved may not go on as it was until somebody has decided anew."""

from __future__ import annotations

from datetime import date

from triage.case import Case, Status
from triage.conditions import stopped_by
from triage.expiring import is_over
from triage.lifecycle import WAITING
from triage.stages import Appointment
from triage.watched import beyond

AGAIN = WAITING | {Status.under_reassessment, Status.lapsed}


def stop(case: Case) -> Appointment | None:
    """The press of its overseer, where no decision came after it."""
    last = next((a for a in reversed(case.appointments) if a.kind == "stopped"), None)
    made = case.decision
    return last if last and (made is None or made.at < last.at) else None


def halted(case: Case, day: date) -> str:
    """`overseer`, `past`, `condition` or `lapsed`; "" where what was approved still goes."""
    if case.status not in AGAIN or case.decision is None:
        return ""
    if stop(case):
        return "overseer"
    if beyond(case):
        return "past"
    if stopped_by(case):
        return "condition"
    return "lapsed" if is_over(case.decision, day) else ""
