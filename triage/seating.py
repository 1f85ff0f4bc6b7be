"""Which seats stand at the table for a result: one for each role that the rules call, in the order of the steps."""

from __future__ import annotations

from collections.abc import Iterable

from triage.rules import Seat
from triage.verdict import Seated


def seated(called: Iterable[Seat]) -> tuple[Seated, ...]:
    """A role that several rules call is asked once, as strictly as the strictest of them."""
    called = tuple(called)
    roles = {seat.role for seat in called}
    by_role: dict[str, list[Seat]] = {}
    for seat in called:
        if roles.isdisjoint(seat.unless):
            by_role.setdefault(seat.role, []).append(seat)
    found = [_one(role, seats) for role, seats in by_role.items()]
    return tuple(sorted(found, key=lambda seat: seat.step))


def _one(role: str, seats: list[Seat]) -> Seated:
    return Seated(
        role=role,
        people=max(seat.people for seat in seats),
        step=min(seat.step for seat in seats),
        apart=any(seat.apart for seat in seats),
        fallback=tuple(dict.fromkeys(role for seat in seats for role in seat.fallback)),
        by=tuple(seat.id for seat in seats),
    )
