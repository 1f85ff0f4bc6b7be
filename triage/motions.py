"""Wishes of the two people who settle something beside the rules, and the confirmation that a practice is forbidden."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from triage.wish import OnShown


class Matter(StrEnum):
    """What a motion is about: another tier, a risk that remains, a practice that the ban leaves out."""

    tier = "tier"
    risk = "risk"
    practice = "practice"


class PutMotion(OnShown):
    """The first of two. `value`: the tier, "rules" for that of the rules again, or the practice; "" for a risk.

    `until`: the last day on which a risk is accepted.
    """

    do: Literal["put_motion"] = "put_motion"
    matter: Matter
    value: str = ""
    reason: str
    until: date | None = None


class SecondMotion(OnShown):
    """The second of the two; `motion` is what the first put."""

    do: Literal["second_motion"] = "second_motion"
    motion: str
    reason: str = ""


class OpposeMotion(OnShown):
    """It is not carried; of whoever put it, a motion taken back."""

    do: Literal["oppose_motion"] = "oppose_motion"
    motion: str
    reason: str


class ConfirmProhibited(OnShown):
    """A marked practice is what the law forbids: that ends it."""

    do: Literal["confirm_prohibited"] = "confirm_prohibited"
    reason: str
