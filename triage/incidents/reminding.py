"""When whoever must act is reminded of a clock: denser towards its end, never after it was settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from triage.case import Case
from triage.desk import Desk
from triage.incidents.clocks import Running, waiting
from triage.incidents.incident import Incident
from triage.incidents.permissions import who_acts
from triage.incidents.rulebook import Reminders, book

LEADS = "governance_lead"


def moments(running: Running, told: Reminders | None = None) -> tuple[datetime, ...]:
    """All of one clock, in order."""
    told, start = told or book().reminders, running.starts
    if running.due is None:
        return _after(start, told.without_term_after)
    if running.at_once:
        return _after(start, told.at_once_after)
    whole = running.due - start
    found = {start + whole * share / 100 for share in told.shares}
    before = (running.due - timedelta(hours=hours) for hours in told.hours_before)
    found |= {at for at in before if at > start}
    return tuple(sorted(found | set(_after(running.due, told.late_after))))


def _after(start: datetime, hours: Iterable[int]) -> tuple[datetime, ...]:
    return tuple(start + timedelta(hours=each) for each in sorted(hours))


def next_moment(running: Running, after: datetime) -> datetime | None:
    """The next one that is still to come: after a stop nothing of what was missed is made up for."""
    return next((at for at in moments(running) if at > after), None)


def escalates(running: Running, now: datetime) -> bool:
    """Whether whoever leads hears of it, too."""
    told, start = book().reminders, running.starts
    if running.due is None:
        return False
    if running.at_once:
        return now >= start + timedelta(hours=told.escalate_at_once_after)
    late = start + (running.due - start) * told.escalate_share / 100
    return now >= min(late, max(start, running.due - timedelta(hours=told.escalate_hours_before)))


def people_of(incident: Incident, running: Running, desk: Desk) -> tuple[str, ...]:
    """Whoever must act, whoever sees to the incident, and towards the end whoever leads."""
    people = dict.fromkeys(who_acts(running.clock.role, desk))
    if incident.now.coordinator:
        people[incident.now.coordinator] = None
    if escalates(running, desk.now):
        people |= dict.fromkeys(sorted(desk.roles.get(LEADS, ())))
    return tuple(people)


def still_due(
    incident: Incident, case: Case | None, person: str, clocks: Iterable[str], desk: Desk
) -> tuple[str, ...]:
    """Which of these this person is still to be told of, a moment before it is sent."""
    wanted = set(clocks)
    return tuple(
        each.id
        for each in waiting(incident, case, desk)
        if each.id in wanted and person in people_of(incident, each, desk)
    )
