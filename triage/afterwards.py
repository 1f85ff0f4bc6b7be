"""Wishes about a use once it was approved: what changed, who joins it, and what the clock brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from intake.answers import Answer
from triage.wish import OnCase, OnShown


class Change(OnShown):
    """What is different about an approved use; `effect` is what the person was shown to follow from it."""

    do: Literal["change"] = "change"
    answers: Mapping[str, Answer]
    effect: str


class Join(OnShown):
    """Another team uses what was approved; who joins owns that."""

    do: Literal["join"] = "join"
    unit: str = ""


class AcceptTerms(OnCase):
    """The conditions of a decision that came after they joined; `decision` is the one that was shown."""

    do: Literal["accept_terms"] = "accept_terms"
    deployment: str
    decision: str


class Leave(OnCase):
    do: Literal["leave"] = "leave"
    deployment: str


class Expire(OnCase):
    """The last day of an approval is over. Nobody acts here: `actor` is empty."""

    do: Literal["expire"] = "expire"
    decision: str


class WarnOfExpiry(OnCase):
    """It comes soon; whoever asked is told once. Nobody acts here: `actor` is empty."""

    do: Literal["warn_of_expiry"] = "warn_of_expiry"
    decision: str
