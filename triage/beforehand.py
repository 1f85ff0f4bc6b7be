"""Wishes about patterns: what is approved beforehand, and the look at what was recorded by one."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from triage.wish import OnCase, OnShown

SECRET = 32
"""Fewer signs than that could be guessed."""


class ProposePattern(OnShown):
    """The first of two who make a decision general: what it covers, in words, and until when.

    `secret`: by chance and shown to nobody, so that no lot can be foreseen.
    """

    do: Literal["propose_pattern"] = "propose_pattern"
    covers: str
    last_day: date
    secret: str = Field(min_length=SECRET)


class ConfirmPattern(OnCase):
    """The second of the two."""

    do: Literal["confirm_pattern"] = "confirm_pattern"
    pattern: str


class RefusePattern(OnCase):
    do: Literal["refuse_pattern"] = "refuse_pattern"
    pattern: str
    reason: str


class WithdrawPattern(OnCase):
    """Nothing more is recorded by it; what was stands until its own day."""

    do: Literal["withdraw_pattern"] = "withdraw_pattern"
    pattern: str
    reason: str


class FitsPattern(OnCase):
    """Whoever decides has looked at a use that was recorded by a pattern; `step` is the draw."""

    do: Literal["fits_pattern"] = "fits_pattern"
    step: str


class MisfitsPattern(OnCase):
    """They have looked, and it is something else than what was approved beforehand."""

    do: Literal["misfits_pattern"] = "misfits_pattern"
    step: str
    reason: str


class TellOfPattern(OnCase):
    """A pattern's last day is over. Nobody acts here: `actor` is empty."""

    do: Literal["tell_of_pattern"] = "tell_of_pattern"
    pattern: str


class DrawSample(OnCase):
    """No lot fell on any use of a pattern in a month. Nobody acts here: `actor` is empty."""

    do: Literal["draw_sample"] = "draw_sample"
    pattern: str
