"""When an approved use is looked at next: from its tier, its conditions, what rules call for, and dates of the law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from triage.cadence import Pace, cadence
from triage.calls import calls_for
from triage.case import Case
from triage.conditions import conditions_of
from triage.desk import Desk
from triage.expiring import after
from triage.reviews import reviews_of


def tier_of(case: Case) -> int:
    """The stricter of what it is and what people said yes to: what became less since loosens nothing."""
    found = int(case.verdict.tier.ceiling) if case.verdict else 0
    return max(found, case.approved_tier or 0) or max(cadence().tiers)


def pace_of(case: Case) -> Pace:
    return cadence().tiers[tier_of(case)]


def counted_from(case: Case, desk: Desk) -> date | None:
    """The day of the last yes, or of the last review of all that its depth asks for: what was said of one fact
    confirms no other.
    """
    calendar = desk.calendar(case.owner or case.requester)
    kept = ("unchanged", "updated", "retire")
    over = [each for each in reviews_of(case) if each.end is not None and each.outcome in kept]
    ends = [each.end.at for each in over if each.end is not None and not each.questions]
    moments = ([case.decision.at] if case.decision else []) + ends
    return calendar.day_of(max(moments)) if moments else None


def next_review_on(case: Case, desk: Desk) -> date | None:
    """Of what is not in use there is none. Never later than the cadence of its tier after the last yes or review."""
    if not case.in_use:
        return None
    began = counted_from(case, desk) or desk.day
    return min((latest(case, began, desk), *_of_law(case, began), *_of_the_yes(case, began)))


def latest(case: Case, began: date, desk: Desk) -> date:
    """What the cadence says, and the shortest time between reviews that is called for."""
    pace = pace_of(case)
    held = any(each.term.due is None for each in conditions_of(case))
    called = calls_for(desk.form, desk.book, case.answers, desk.settings(case)).review_months
    months = min(pace.months, pace.with_conditions if held else pace.months, called or pace.months)
    return after(began, months)


def _of_law(case: Case, began: date) -> Iterator[date]:
    """In time before a duty begins, so that what is missing for it can still be done."""
    coming = case.verdict.duties_coming if case.verdict else ()
    for day in {duty.since - timedelta(days=cadence().law_ahead) for duty in coming}:
        if day >= began + timedelta(days=cadence().soonest):
            yield day


def _of_the_yes(case: Case, began: date) -> Iterator[date]:
    """Before an approval ends it is looked at, so that asking anew rests on what is true."""
    ends = case.decision.valid_until if case.decision else None
    if ends is not None and ends >= began + timedelta(days=cadence().soonest):
        yield ends
