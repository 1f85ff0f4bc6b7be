"""Who may take the whole of it along, look back at earlier days and draw samples: who leads and who audits."""

from __future__ import annotations

from triage.aims.seeing import OVERSEEING
from triage.desk import Desk
from triage.outcome import Refused


def may_take_pack(person: str, desk: Desk) -> bool:
    return any(desk.holds(person, role) for role in OVERSEEING)


def check_may_take_pack(person: str, desk: Desk) -> None:
    _check(person, desk, "not_your_pack")


def check_may_look_back(person: str, desk: Desk) -> None:
    """At the register of an earlier day, or at a sample of it: both stand in the pack, too."""
    _check(person, desk, "not_yours_to_audit")


def _check(person: str, desk: Desk, otherwise: str) -> None:
    if not may_take_pack(person, desk):
        held = dict.fromkeys(one for role in OVERSEEING for one in sorted(desk.roles.get(role, ())))
        raise Refused(otherwise, people=" ".join(held))
