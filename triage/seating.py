"""Which seats stand at the table for a result: one for each role that the rules call, in the order of the steps."""

from __future__ import annotations

from collections.abc import Iterable

from triage.own import OWN
from triage.rules import Seat
from triage.verdict import Seated


def seated(called: Iterable[Seat]) -> tuple[Seated, ...]:
    """A role that several rules call is asked once, as strictly as the strictest of them."""
    called = tuple(called)
    roles = {
        seat.role for seat in called if not _is_theirs(seat)
    }  # whom an organisation adds lets nobody off
    by_role: dict[str, list[Seat]] = {}
    for seat in called:
        if roles.isdisjoint(seat.unless):
            by_role.setdefault(seat.role, []).append(seat)
    found = [_one(role, seats) for role, seats in by_role.items()]
    return tuple(sorted(found, key=lambda seat: seat.step))


def _is_theirs(seat: Seat) -> bool:
    return seat.id.startswith(f"{OWN}-")


def _one(role: str, seats: list[Seat]) -> Seated:
    """Where rules of ours call it, theirs make it neither sooner nor easier to stand in for."""
    ours = [seat for seat in seats if not _is_theirs(seat)] or seats
    return Seated(
        role=role,
        people=max(seat.people for seat in seats),
        step=min(seat.step for seat in ours),
        apart=any(seat.apart for seat in seats),
        fallback=tuple(dict.fromkeys(role for seat in ours for role in seat.fallback)),
        by=tuple(seat.id for seat in seats),
    )
