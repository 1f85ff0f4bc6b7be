"""What an incident may cost the organisation itself: marks that people set; some hold its records for legal."""

from __future__ import annotations

from triage.incidents.asked import holding, questions
from triage.incidents.incident import Incident

EXPOSURE = "exposure"


def marks(incident: Incident) -> tuple[str, ...]:
    """As they were said last by whoever looks into it, in the order in which they are offered."""
    said = incident.now.answers.get(EXPOSURE)
    asked = questions()[EXPOSURE]
    picked = set(said.picked) - {asked.none} if said is not None else set()
    return tuple(each.id for each in asked.choices if each.id in picked)


def holds_now(before: Incident, after: Incident) -> tuple[str, ...]:
    """Those of what was just said that hold its records. A mark that goes lets nothing go: that is for legal to say."""
    was = set(marks(before))
    return tuple(each for each in marks(after) if each in holding()[EXPOSURE] and each not in was)
