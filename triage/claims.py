"""Wishes about a use that nobody answers for: its owner left, or nobody ever said that it is theirs."""

from __future__ import annotations

from typing import Literal

from triage.wish import OnCase


class TakeOver(OnCase):
    """Whoever wishes it answers for it from then on; that they wish it is their yes."""

    do: Literal["take_over"] = "take_over"


class NameOwner(OnCase):
    """Whoever leads asks somebody to answer for it; it counts once they have accepted."""

    do: Literal["name_owner"] = "name_owner"
    person: str


class NotOurs(OnCase):
    """The unit of an inventory's row is not theirs; `asked` is that unit, as it was asked."""

    do: Literal["not_ours"] = "not_ours"
    asked: str


class NotUsed(OnCase):
    """It is used no more; of what was approved, whoever says so sees it to its end."""

    do: Literal["not_used"] = "not_used"
    reason: str


OfClaims = TakeOver | NameOwner | NotOurs | NotUsed
