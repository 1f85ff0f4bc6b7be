"""A yes stands on today's results: rules and what the organisation says of itself may have changed since submission."""

from __future__ import annotations

from triage.case import Case
from triage.desk import Desk
from triage.interview import verdict_of
from triage.lifecycle import WAITING
from triage.outcome import Happened, Notice, Outcome, Say
from triage.standing import placed


def judged_anew(case: Case, desk: Desk) -> Outcome | None:
    """The case with its new results, to be looked at again before anybody decides; None where nothing changed."""
    if case.verdict is None or case.status not in WAITING:
        return None
    fresh, moved = placed(case, desk)
    if verdict_of(fresh).results == case.verdict.results:
        return None
    return Outcome(
        case=fresh,
        happened=(Happened(what="case.rejudged", detail={"status": case.status.value}), *moved),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": "rejudged"}),
            Notice(say=Say.summary),
        ),
    )
