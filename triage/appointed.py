"""Who does which part in a use that runs: named by its owner, and holding it once they have accepted."""

from __future__ import annotations

from triage.case import Case
from triage.conditions import needs_second
from triage.desk import Desk
from triage.joining import standing
from triage.outcome import Refused
from triage.stages import Appointment
from triage.whereabouts import keeper

OWNER, DEPUTY, OVERSEER, MONITOR = PARTS = ("owner", "deputy", "overseer", "monitor")
"""Tasks that are done by a person who takes them on."""
NAMED = PARTS[1:]
"""Whom the owner names."""


def asked(case: Case, part: str) -> Appointment | None:
    """The naming that waits for an answer; an owner who said no may still think otherwise."""
    steps = [a for a in case.appointments if a.task == part and a.kind != "stopped"]
    if not steps:
        return None
    last = steps[-1]
    if last.kind == "refused" and part == OWNER:
        last = next(a for a in reversed(steps) if a.kind == "named")
    return last if last.kind == "named" else None


def chosen(case: Case, part: str) -> Appointment | None:
    """The last acceptance that was not given back; whoever held it before stays until another one accepts."""
    found: Appointment | None = None
    for each in case.appointments:
        if each.task == part and each.kind == "accepted":
            found = each
        elif each.task == part and each.kind == "refused" and found and found.of == each.of:
            found = None
    return found


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


def named_ones(case: Case) -> tuple[str, ...]:
    """Whoever was named and has not said no, or holds a part: they read what they are asked about."""
    found = [each for part in NAMED for each in (asked(case, part), chosen(case, part)) if each]
    return tuple(dict.fromkeys(each.person for each in found))


def waiting(case: Case) -> tuple[Appointment, ...]:
    """Those that wait for a yes or no."""
    return tuple(found for part in PARTS if (found := asked(case, part)) is not None)


def to_answer(case: Case, person: str) -> tuple[Appointment, ...]:
    return tuple(each for each in waiting(case) if each.person == person)


def check_may_be(case: Case, part: str, person: str, desk: Desk) -> None:
    if because := why_not(case, part, person, desk):
        raise Refused(because, case=case.id)
