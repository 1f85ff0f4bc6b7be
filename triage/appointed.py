"""Who may do which part in a use that runs, and holds it once they have accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from triage.case import Case
from triage.conditions import needs_second
from triage.desk import Desk
from triage.outcome import Refused
from triage.parts import DEPUTY, OVERSEER, OWNER, PARTS, chosen
from triage.staff import Colleague
from triage.teams import standing
from triage.whereabouts import keeper


class Known(Protocol):
    """What has to be known of people for it; a desk knows it, and whoever looks back without one."""

    @property
    def same(self) -> Callable[[str, str], bool]: ...

    @property
    def staff(self) -> Callable[[str], Colleague]: ...


def holders(case: Case, known: Known) -> dict[str, str]:
    """Who holds each part that somebody holds."""
    return {part: person for part in PARTS if (person := holder(case, part, known)) is not None}


def holder(case: Case, part: str, desk: Known) -> str | None:
    """Who holds it and may: of what they own themselves, for instance, nobody oversees much."""
    accepted = chosen(case, part)
    if accepted is None or why_not(case, part, accepted.person, desk):
        return None
    return accepted.person


def why_not(case: Case, part: str, person: str, desk: Known) -> str:
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


def is_theirs(case: Case, person: str, desk: Known) -> bool:
    """Whoever asked, owns it, or joined it."""
    people = (case.requester, case.owner, *(each.owner for each in standing(case)))
    return any(desk.same(person, one) for one in people if one)


def check_may_be(case: Case, part: str, person: str, desk: Desk) -> None:
    if because := why_not(case, part, person, desk):
        raise Refused(because, case=case.id)
