"""A yes stands on today's results: rules and what the organisation says of itself may have changed since submission."""

from __future__ import annotations

from triage.case import Case, Status
from triage.desk import Desk
from triage.interview import judged, verdict_of
from triage.outcome import Happened, Notice, Outcome, Say

DECIDABLE = frozenset({Status.in_review, Status.needs_info})


def judged_anew(case: Case, desk: Desk) -> Outcome | None:
    """The case with its new results, to be looked at again before anybody decides; None where nothing changed."""
    if case.verdict is None or case.status not in DECIDABLE:
        return None
    fresh = judged(case, desk)
    if verdict_of(fresh).results == case.verdict.results:
        return None
    return Outcome(
        case=fresh,
        happened=(Happened(what="case.rejudged", detail={"status": case.status.value}),),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": "rejudged"}),
            Notice(say=Say.summary),
        ),
    )
