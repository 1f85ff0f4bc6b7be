"""Reads the seats of a policy: whose yes it asks for, and when."""

from __future__ import annotations

from intake.condition import Condition
from intake.source import Entry, Faults, did_you_mean
from triage.roles import SEATED
from triage.rules import Seat

SEAT = ("people", "step", "unless", "apart", "fallback", "delegable")
"""What may stand at a seat beside its role."""


def read_seat(entry: Entry, when: Condition, faults: Faults) -> Seat:
    """Its fields are known to be there; what is wrong in them is added to the faults."""
    fields = entry.fields(Faults(), (), ("id", "role", "when", "source", *SEAT))
    seat = Seat(
        id=entry.id, role=_role(entry.at("role"), faults), when=when, source=entry.at("source").text(faults)
    )
    for name in ("people", "step"):
        if name in fields:
            seat = seat.model_copy(update={name: _count(fields[name], faults)})
    for name in ("unless", "fallback"):
        if name in fields:
            roles = tuple(_role(each, faults) for each in fields[name].items(faults))
            seat = seat.model_copy(update={name: roles})
    for name in ("apart", "delegable"):
        if name in fields:
            seat = seat.model_copy(update={name: fields[name].flag(faults)})
    return seat


def _count(entry: Entry, faults: Faults) -> int:
    found = entry.whole(faults)
    if found < 1 and isinstance(entry.value, int):
        faults.add(entry, f"`{found}` is too few", "Write 1 or more.")
    return max(found, 1)


def _role(entry: Entry, faults: Faults) -> str:
    role = entry.text(faults)
    if role and role not in SEATED:
        faults.add(entry, f"`{role}` is no role that decides", did_you_mean(role, SEATED))
    return role
