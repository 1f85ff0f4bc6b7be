"""Where a request that was handed in stands: what its verdict makes of its status, and by when it is decided."""

from __future__ import annotations

from datetime import datetime

from triage.calendar import Calendar
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
    """In the calendar of whoever has it, else the organisation's."""
    return calendar_of(case, desk).after(desk.now, days_to_decide(case))


def days_to_decide(case: Case) -> int:
    return DAYS_TO_DECIDE[_tier(verdict_of(case))]


def calendar_of(case: Case, desk: Desk) -> Calendar:
    """Of who was given it last, whether they may still decide or not: so nothing that was promised moves by itself."""
    return _calendars(case, desk)[-1]


def _calendars(case: Case, desk: Desk) -> list[Calendar]:
    """The organisation's, and of all who were given it, in order."""
    given = [each.person for each in case.assignments if each.kind != "recused"]
    return [desk.calendar(), *map(desk.calendar, given)]


def due_for(case: Case, desk: Desk) -> datetime | None:
    """With whom it was given to just now: as many of their working days as were left of those before; never sooner.

    What the requester was promised may move by holidays of whoever decides, which the card and their own say at
    once. It is never shortened: else a request passed on overseas would be overdue by that alone. Each calendar
    moves it once: else it would gain days by going to and fro.
    """
    due, (*before, calendar) = case.due_at, _calendars(case, desk)
    if due is None or due <= desk.now or calendar in before:
        return due
    return max(due, calendar.nth_close(desk.now, before[-1].closes_between(desk.now, due)))


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
    return int(verdict.tier.ceiling)


def found(verdict: Verdict) -> dict[str, str | int | bool | tuple[str, ...]]:
    """Both ends of the two leading results, for the trail."""
    eu, tier = verdict.results["eu"], verdict.results["tier"]
    return {
        "eu_floor": eu.floor,
        "eu_ceiling": eu.ceiling,
        "tier_floor": tier.floor,
        "tier_ceiling": tier.ceiling,
    }
