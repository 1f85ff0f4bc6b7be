"""Where the figures of reviews, of incidents and of what lists showed come in: as they stood at a moment."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlmodel import Session

from store.digest_then import Then
from store.earlier import verdict_at
from store.incidents import load
from store.records import load as load_case
from triage.figures import Incidents, Reviews, Sighted
from triage.incidents.clocks import Running, clocks_at
from triage.incidents.exposure import marks
from triage.incidents.incident import Incident
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
SELECT s.incident_id FROM (
  SELECT incident_id, kind, row_number() OVER (PARTITION BY incident_id ORDER BY number DESC) AS place
  FROM incident_step WHERE at <= :at AND kind IN ('report', 'close', 'reopen', 'reject')) AS s
WHERE s.place = 1 AND s.kind IN ('report', 'reopen')
"""
_SEEN = """
SELECT count(DISTINCT s.tool_id) AS tools, count(DISTINCT nullif(s.unit, '')) AS teams
FROM sighting s JOIN sighting_run r ON r.id = s.run_id WHERE r.taken_at <= :at AND NOT s.general
"""
_NEW = """
SELECT count(*) AS many FROM (
  SELECT s.tool_id, s.unit FROM sighting s JOIN sighting_run r ON r.id = s.run_id
  WHERE r.taken_at <= :at AND NOT s.general
  GROUP BY s.tool_id, s.unit HAVING min(r.taken_at) > :since) AS first
"""
_ASKED = """
SELECT coalesce(sum(CASE WHEN state = 'disclosed' THEN 1 ELSE 0 END), 0) AS waiting,
  coalesce(sum(CASE WHEN state = 'retired' THEN 1 ELSE 0 END), 0) AS dismissed
FROM reg WHERE source_map = 'sightings' AND owner_id IS NULL
"""
_ANY_LIST = "SELECT 1 AS any FROM sighting_run WHERE taken_at <= :at LIMIT 1"
SOON = timedelta(days=2)
_REPORTED = "SELECT count(*) AS many FROM incident_step WHERE kind = 'report' AND at > :since AND at <= :at"
_ALL_INCIDENTS = _OPEN_INCIDENTS.replace("s.kind IN ('report', 'reopen')", "s.kind <> 'reject'")
"""Also those that are over; of what turned out to be none nothing ran."""
_ANY_INCIDENT = "SELECT 1 AS any FROM incident_step WHERE at <= :at LIMIT 1"


def reported(then: Then, since: datetime) -> int:
    """Incidents that were told of since."""
    return int(then.one(_REPORTED, since=since).many)


def reviews(then: Then, day: str) -> Reviews | None:
    """Nothing before there was any. `day`: the one of the moment, as it is written."""
    if not then.rows(_ANY_REVIEW):
        return None
    found = then.one(_OPEN_REVIEWS, day=day)
    return Reviews(due=found.open - found.overdue, overdue=found.overdue)


def sighted(then: Then, since: datetime) -> Sighted | None:
    """Nothing before any list was taken in; what has AI among much else is left out."""
    if not then.rows(_ANY_LIST):
        return None
    seen, asked = then.one(_SEEN), then.one(_ASKED)
    return Sighted(
        tools=seen.tools,
        teams=seen.teams,
        new=then.one(_NEW, since=since).many,
        waiting=int(asked.waiting),
        dismissed=int(asked.dismissed),
    )


def incidents(session: Session, then: Then, since: datetime, *, over: bool = False) -> Incidents | None:
    """How many are open, and came in since; and the clocks that surely run for them, as their cards show them.

    `over`: also the deadlines of the time that were missed, settled since or not, which every incident is read for.
    """
    if not then.rows(_ANY_INCIDENT):
        return None
    open_ones = [row.incident_id for row in then.rows(_OPEN_INCIDENTS)]
    known = [each for id in open_ones if (each := _at(session, then, id)) is not None]
    marked = Counter(mark for each in known if not each.confidential for mark in marks(each))
    clocks = [each for one in known for each in _clocks(session, then, one) if each.waits]
    every = then.rows(_ALL_INCIDENTS) if over else ()
    later = (_at(session, then, row.incident_id) for row in every)
    fell = [each for one in later if one is not None for each in _clocks(session, then, one)]
    missed = [each for each in clocks if each.state == "missed"]
    running = [each for each in clocks if each.state == "running"]
    ends = [each for each in running if each.due is not None and each.due <= then.at + SOON]
    return Incidents(
        open=len(open_ones),
        reported=reported(then, since),
        clocks=len(running),
        soon=len(ends),
        missed=len(missed),
        fell_missed=sum(1 for each in fell if each.state == "missed" and _within(each.due, since, then.at)),
        marks=tuple(sorted(marked.items())),
    )


def _within(due: datetime | None, since: datetime, until: datetime) -> bool:
    return due is not None and since < due <= until


def _at(session: Session, then: Then, id: str) -> Incident | None:
    held = load(session, id)
    if held is None:
        return None
    steps = tuple(step for step in held.steps if step.at <= then.at)
    return Incident(id=id, ref=held.ref, steps=steps, confidential=held.confidential)


def _clocks(session: Session, then: Then, incident: Incident) -> list[Running]:
    """By what was known of the incident, and found about its use, at that moment: what is certain, or was settled."""
    case = load_case(session, incident.now.use) if incident.now.use else None
    if case is not None:
        case = case.model_copy(update={"verdict": verdict_at(session, case.id, then.at)})
    return [each for each in clocks_at(incident, case, then.at) if each.certain or not each.waits]
