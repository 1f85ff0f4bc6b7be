"""Who may take the whole of it along, as files: whoever leads and whoever audits."""

from __future__ import annotations

from triage.aims.seeing import OVERSEEING
from triage.desk import Desk
from triage.outcome import Refused


def may_take_pack(person: str, desk: Desk) -> bool:
    return any(desk.holds(person, role) for role in OVERSEEING)


def check_may_take_pack(person: str, desk: Desk) -> None:
    if not may_take_pack(person, desk):
        held = dict.fromkeys(one for role in OVERSEEING for one in sorted(desk.roles.get(role, ())))
        raise Refused("not_your_pack", people=" ".join(held))
