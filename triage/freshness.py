"""A yes stands on today's results: rules and what the organisation says of itself may have changed since submission."""

from __future__ import annotations

from triage.case import Case
from triage.desk import Desk
from triage.differing import differing
from triage.interview import verdict_of
from triage.lifecycle import WAITING
from triage.outcome import Happened, Notice, Outcome, Say
from triage.rules import SIGNATURES
from triage.standing import placed


def judged_anew(case: Case, desk: Desk, *, signatures: bool = False) -> Outcome | None:
    """The case with its new results, to be looked at again before anybody decides; None where nothing changed.

    `signatures`: those under an exception count as well, also where they lower nothing yet.
    """
    if case.verdict is None or case.status not in WAITING:
        return None
    fresh, moved = placed(case, desk)
    now = verdict_of(fresh)
    same = (now.results, now.seats) == (case.verdict.results, case.verdict.seats)
    if same and not (signatures and _signed(fresh) != _signed(case)):
        return None
    detail = {"status": case.status.value, **differing(case.verdict, verdict_of(fresh))}
    return Outcome(
        case=fresh,
        happened=(Happened(what="case.rejudged", detail=detail), *moved),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": "rejudged"}),
            Notice(say=Say.summary),
        ),
    )


def _signed(case: Case) -> tuple[str, ...] | None:
    return verdict_of(case).stated.get(SIGNATURES)
