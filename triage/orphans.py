"""Which uses nobody answers for, and until when they are offered to those who work beside them."""

from __future__ import annotations

from datetime import date, timedelta

from triage.case import Case, Status
from triage.desk import Desk
from triage.disclosures import AMNESTY
from triage.whereabouts import keeper

OWNED = (Status.approved, Status.approved_with_conditions, Status.lapsed)
"""Of what waits for a decision those who decide see to it; of the rest somebody has to answer."""
OFFERED = timedelta(days=14)
"""So long it is offered before whoever leads hears of it."""


def is_free(case: Case, desk: Desk) -> bool:
    """Whether somebody may say that it is theirs."""
    if case.status is Status.disclosed:
        return not is_unnamed(case) and (case.owner is None or desk.staff(case.owner).gone)
    return case.status in OWNED and desk.staff(keeper(case)).gone


def is_unnamed(case: Case) -> bool:
    """Told of in an amnesty, and not followed up yet: it is nobody's to take over, to name or to deny."""
    return case.discovered_via == AMNESTY and case.owner is None and case.status is Status.disclosed


def free_until(case: Case, desk: Desk) -> date | None:
    """Of an approved use whose owner left: the last day on which it is offered before whoever leads is told."""
    known = desk.staff(keeper(case))
    if case.status not in OWNED or not known.gone or known.left is None:
        return None
    made = case.decision.at if case.decision else known.left
    return desk.calendar().day_of(max(known.left, made)) + OFFERED


def unit_place(case: Case, desk: Desk) -> str | None:
    """Where its unit reads; of a confidential one nobody does."""
    return None if case.confidential or not case.unit else desk.units.get(case.unit)
