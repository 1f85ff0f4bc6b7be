"""Who may take everything about a use along, as a file; whether they may read it at all is for others to say."""

from __future__ import annotations

from triage.case import Case, Status
from triage.desk import Desk
from triage.outcome import Refused
from triage.register import OVERSIGHT
from triage.whereabouts import keeper


def oversees(person: str, desk: Desk) -> bool:
    return any(desk.holds(person, role) for role in OVERSIGHT)


def may_take(case: Case, person: str, desk: Desk) -> bool:
    """Whoever answers for it, and those who decide or oversee; of what was never handed in there is none."""
    if not (case.submitted_at or case.source_map) or case.status is Status.draft:
        return False
    return desk.same(person, keeper(case)) or oversees(person, desk)


def check_may_take(case: Case, person: str, desk: Desk) -> None:
    if not may_take(case, person, desk):
        raise Refused("not_yours_to_take", case=case.id)
