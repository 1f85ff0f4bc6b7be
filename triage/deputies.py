"""Who decides in the place of somebody who is away and named them for these days; never with more than that one has.

Nobody passes on what they were given: the deputy of a deputy is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterable

from triage.case import Delegated
from triage.desk import Desk
from triage.outcome import Facts


def standing_in(holders: Iterable[str], role: str, desk: Desk) -> dict[str, Delegated]:
    """By deputy, for which of these holders of the role; a deputy who holds it, too, acts as they are."""
    found: dict[str, Delegated] = {}
    for holder in sorted(holders):
        told = deputed(holder, desk)
        if told is not None and not desk.holds(told[0], role):
            found.setdefault(*told)
    return found


def deputed(person: str, desk: Desk) -> tuple[str, Delegated] | None:
    """Whom somebody named for the days of which today is one, if that one is there; nobody of a people file."""
    told = desk.away(person) if desk.deputies else None
    if told is None or told.deputy is None or desk.staff(told.deputy).gone or desk.away(told.deputy):
        return None
    return told.deputy, Delegated(of=person, since=told.since, until=told.until)


def counts(delegated: Delegated | None, person: str, desk: Desk) -> bool:
    """Whether it still does, as it was given."""
    return delegated is not None and deputed(delegated.of, desk) == (person, delegated)


def roles_beside(person: str, desk: Desk) -> frozenset[str]:
    """The roles in which this person stands in for somebody now."""
    return frozenset(
        role
        for role, held in desk.roles.items()
        if role in desk.book.delegable and person in standing_in(held, role, desk)
    )


def in_place_of(delegated: Delegated | None) -> Facts:
    """As a line of the trail has it."""
    if delegated is None:
        return {}
    days = {"since": delegated.since.isoformat(), "until": delegated.until.isoformat()}
    return {"for": delegated.of, **days}
