"""Phases of the roll-out in the figures of a digest: which have begun, which come, how many uses are only recorded."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from store import entries
from store.digest_then import Then
from store.suppliers import as_of
from triage.aims.phasing import KIND, phases
from triage.figures import PhaseTold, RollOut

_RECORDED = "SELECT count(*) AS uses FROM reg WHERE reg.state = 'disclosed' AND reg.submitted_at IS NOT NULL"


def roll_out(session: Session, then: Then, day: date) -> RollOut | None:
    """Nothing where there is no plan and nothing that one put off."""
    told = phases(as_of(entries.of_kind(session, KIND), then.at))
    recorded = then.one(_RECORDED).uses if told else 0
    found = tuple(PhaseTold(title=each.title, since=each.since, begun=each.since <= day) for each in told)
    return RollOut(phases=found, recorded=recorded) if found else None
