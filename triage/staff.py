"""What is known of a colleague beside the register: where they work, who stands beside them, when they are away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Away:
    """Both days included; `deputy` was named for this time."""

    since: date
    until: date
    deputy: str | None = None


@dataclass(frozen=True)
class Colleague:
    """`manager` and `deputy` by opaque id, where a people file named them and Slack knows them. `gone`: no account,
    since `left`."""

    zone: str | None = None
    country: str | None = None
    unit: str = ""
    manager: str | None = None
    deputy: str | None = None
    away: Away | None = None
    gone: bool = False
    left: datetime | None = None


NOBODY_KNOWN = Colleague()


def unknown(person: str) -> Colleague:
    """Where no people file was taken in, everybody works as the organisation does."""
    return NOBODY_KNOWN
