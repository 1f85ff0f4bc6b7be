"""Who may do which part in a use that runs, and holds it once they have accepted."""

from __future__ import annotations

from triage.case import Case
from triage.conditions import needs_second
from triage.desk import Desk
from triage.outcome import Refused
from triage.parts import DEPUTY, OVERSEER, OWNER, chosen
from triage.teams import standing
from triage.whereabouts import keeper


def holder(case: Case, part: str, desk: Desk) -> str | None:
    """Who holds it and may: of what they own themselves, for instance, nobody oversees much."""
    accepted = chosen(case, part)
    if accepted is None or why_not(case, part, accepted.person, desk):
        return None
    return accepted.person


def why_not(case: Case, part: str, person: str, desk: Desk) -> str:
    """The refusal that stands in the way of this person, if one does."""
    owns = desk.same(person, keeper(case))
    if desk.staff(person).gone:
        return "part_gone"
    if part == OWNER and person != keeper(case):
        return "owner_changed"
    if part == DEPUTY and owns:
        return "own_deputy"
    if part == OVERSEER and needs_second(case) and is_theirs(case, person, desk):
        return "own_oversight"
    return ""


def is_theirs(case: Case, person: str, desk: Desk) -> bool:
    """Whoever asked, owns it, or joined it."""
    people = (case.requester, case.owner, *(each.owner for each in standing(case)))
    return any(desk.same(person, one) for one in people if one)


def check_may_be(case: Case, part: str, person: str, desk: Desk) -> None:
    if because := why_not(case, part, person, desk):
        raise Refused(because, case=case.id)
