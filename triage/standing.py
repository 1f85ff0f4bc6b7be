"""Where a request that was handed in stands: what its verdict makes of its status, and by when it is decided."""

from __future__ import annotations

from datetime import datetime

from triage.calendar import working_days_after
from triage.case import Case, Status
from triage.desk import Desk
from triage.interview import judged, verdict_of
from triage.lifecycle import check_move
from triage.outcome import Happened
from triage.verdict import Verdict

DAYS_TO_DECIDE = {1: 1, 2: 2, 3: 5, 4: 10}
"""Working days until a decision is due, by the strictest tier not excluded; never an automatic yes."""


def is_prohibited(case: Case) -> bool:
    """Whether it surely is a practice that the law forbids."""
    return case.verdict is not None and case.verdict.results["eu"].floor == "prohibited"


def status_by_verdict(case: Case) -> Status:
    """What is prohibited is blocked, whatever came before; everything else is in review."""
    return Status.blocked if is_prohibited(case) else Status.in_review


def due_by(case: Case, desk: Desk) -> datetime:
    days = DAYS_TO_DECIDE[_tier(verdict_of(case))]
    return working_days_after(desk.now, days, zone=desk.organisation.zone, country=desk.organisation.country)


def placed(case: Case, desk: Desk) -> tuple[Case, tuple[Happened, ...]]:
    """The case judged anew, in the status and with the term that follow, and what the trail says of the move."""
    return stands(case, judged(case, desk), desk)


def stands(known: Case, case: Case, desk: Desk) -> tuple[Case, tuple[Happened, ...]]:
    """As `placed`, for a case that was judged already; `known` is it as it stood before."""
    before, was = known.verdict, known.status
    to = status_by_verdict(case)
    if was is Status.needs_info and to is Status.in_review:
        to = was  # the question to the requester still waits
    if case.due_at is None or before is None or _tier(before) != _tier(verdict_of(case)):
        case = case.model_copy(update={"due_at": due_by(case, desk)})
    if to is was:
        return case, ()
    check_move(case, to)
    happened = Happened(what=_move(was, to), detail=found(verdict_of(case)))
    return case.model_copy(update={"status": to}), (happened,)


def _move(was: Status, to: Status) -> str:
    if to is Status.blocked:
        return "case.blocked"
    return "case.submitted" if was is Status.draft else "case.unblocked"


def _tier(verdict: Verdict) -> int:
    return int(verdict.results["tier"].ceiling)


def found(verdict: Verdict) -> dict[str, str | int | bool | tuple[str, ...]]:
    """Both ends of the two leading results, for the trail."""
    eu, tier = verdict.results["eu"], verdict.results["tier"]
    return {
        "eu_floor": eu.floor,
        "eu_ceiling": eu.ceiling,
        "tier_floor": tier.floor,
        "tier_ceiling": tier.ceiling,
    }
