"""Where the figures of reviews and of incidents come in: as they stood at a moment, from the steps of each."""

from __future__ import annotations

from datetime import datetime

from store.digest_then import Then
from triage.figures import Incidents, Reviews
from triage.reviewed import STEPS

_ORDER = " ".join(f"WHEN '{kind}' THEN {number}" for number, kind in enumerate(STEPS))
_OPEN_REVIEWS = f"""
SELECT count(*) AS open, coalesce(sum(CASE WHEN due < :day THEN 1 ELSE 0 END), 0) AS overdue FROM (
  SELECT s.review,
    (SELECT min(d.due_on) FROM review_step d WHERE d.review = s.review AND d.due_on IS NOT NULL AND d.at <= :at) AS due
  FROM (
    SELECT review, kind, second, row_number() OVER (
      PARTITION BY review ORDER BY version DESC, CASE kind {_ORDER} END DESC) AS number
    FROM review_step WHERE at <= :at) AS s
  WHERE s.number = 1 AND s.kind NOT IN ('agreed', 'closed') AND NOT (s.kind = 'answered' AND NOT s.second)
) AS waiting
"""
"""Of what came in one version the later kind is the later step; an answer that nobody has to read ends it."""
_ANY_REVIEW = "SELECT 1 AS any FROM review_step WHERE at <= :at LIMIT 1"
_OPEN_INCIDENTS = """
SELECT count(*) AS open FROM (
  SELECT incident_id, kind, row_number() OVER (PARTITION BY incident_id ORDER BY number DESC) AS place
  FROM incident_step WHERE at <= :at AND kind IN ('report', 'close', 'reopen', 'reject')) AS s
WHERE s.place = 1 AND s.kind IN ('report', 'reopen')
"""
_REPORTED = "SELECT count(*) AS many FROM incident_step WHERE kind = 'report' AND at > :since AND at <= :at"
_ANY_INCIDENT = "SELECT 1 AS any FROM incident_step WHERE at <= :at LIMIT 1"


def reviews(then: Then, day: str) -> Reviews | None:
    """Nothing before there was any. `day`: the one of the moment, as it is written."""
    if not then.rows(_ANY_REVIEW):
        return None
    found = then.one(_OPEN_REVIEWS, day=day)
    return Reviews(due=found.open - found.overdue, overdue=found.overdue)


def incidents(then: Then, since: datetime) -> Incidents | None:
    """How many are open, and came in since; their clocks stand on their cards, where they are settled."""
    if not then.rows(_ANY_INCIDENT):
        return None
    return Incidents(open=then.one(_OPEN_INCIDENTS).open, reported=then.one(_REPORTED, since=since).many)
