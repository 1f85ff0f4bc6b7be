"""An approval holds until a day: told before it, lapsed after it, by the clock and by nobody. It ends in no yes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from triage.afterwards import Expire
from triage.calls import calls_for
from triage.case import Case, Decision, Status
from triage.desk import Desk
from triage.lifecycle import check_move
from triage.outcome import Facts, Happened, Notice, Outcome, Say

WARNED = timedelta(days=14)
"""So long before the day whoever asked is told, and may ask anew."""
BY_TIER: Mapping[int, int] = {3: 12, 4: 6}
"""Months that are proposed where nothing that is called for names fewer; below them nothing is proposed."""


def proposed(case: Case, desk: Desk) -> date | None:
    """The shortest time between reviews that is called for; whoever approves may choose another day, or none."""
    if case.verdict is None:
        return None
    called = calls_for(desk.form, desk.book, case.answers, desk.settings(case)).review_months
    tier = int(case.verdict.tier.ceiling)
    months = min((m for m in (called if tier in BY_TIER else None, BY_TIER.get(tier)) if m), default=None)
    return after(desk.day, months) if months else None


def is_over(decision: Decision | None, day: date) -> bool:
    """The day itself is still within it."""
    return decision is not None and decision.valid_until is not None and decision.valid_until < day


def ends_soon(case: Case, day: date) -> bool:
    """Whether it is time to ask anew; then nothing needs to have changed."""
    ends = case.decision.valid_until if case.decision and case.in_use else None
    return ends is not None and ends - WARNED <= day


def expire(case: Case, command: Expire, desk: Desk) -> Outcome:
    decision = case.decision
    if decision is None or decision.id != command.decision or not case.in_use:
        return Outcome(case=case)
    if not is_over(decision, desk.day):
        return Outcome(case=case)
    check_move(case, Status.lapsed)
    return Outcome(
        case=case.model_copy(update={"status": Status.lapsed}),
        happened=(Happened(what="case.lapsed", detail=_detail(case, decision)),),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": "lapsed"}),
            Notice(say=Say.expiry, facts=_named(decision, "lapsed")),
            Notice(say=Say.summary),
        ),
    )


def told(case: Case) -> Happened:
    """Whoever answers for it read that its last day comes; nothing else changes by that."""
    assert case.decision is not None
    return Happened(what="case.expiry_told", detail=_detail(case, case.decision))


def _detail(case: Case, decision: Decision) -> Facts:
    """`former`, as no decision is made here."""
    ends = decision.valid_until.isoformat() if decision.valid_until else ""
    return {"was": case.status.value, "former": decision.id, "valid_until": ends}


def _named(decision: Decision, about: str) -> Facts:
    return {"about": about, "decision": decision.id, "until": f"expiry:{about}:{decision.id}"}


def after(day: date, months: int) -> date:
    """The same day of a later month, or its last; of an earlier one where `months` is below 0."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    raise ValueError("no month is that short")
