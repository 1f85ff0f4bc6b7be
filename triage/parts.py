"""The parts that people take on in a use that runs, as far as what they said tells: who was asked, who accepted."""

from __future__ import annotations

from triage.case import Case
from triage.stages import Appointment

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


def named_ones(case: Case) -> tuple[str, ...]:
    """Whoever was named and has not said no, or holds a part: they read what they are asked about.

    As its owner only until somebody else owns it, and of a confidential use only who reads it anyway is asked.
    """
    found = [each for part in NAMED for each in (asked(case, part), chosen(case, part)) if each]
    owner, owned = asked(case, OWNER), case.facts.get("owner")
    waits = owner is not None and owner.person != case.owner and not case.confidential
    if owner is not None and waits and (owned is None or owned.at <= owner.at):
        found.append(owner)
    return tuple(dict.fromkeys(each.person for each in found))


def waiting(case: Case) -> tuple[Appointment, ...]:
    """Those that wait for a yes or no."""
    return tuple(found for part in PARTS if (found := asked(case, part)) is not None)


def to_answer(case: Case, person: str) -> tuple[Appointment, ...]:
    return tuple(each for each in waiting(case) if each.person == person)
