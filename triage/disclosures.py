"""Wishes about what somebody tells of AI that is in use already, because a campaign asks for it."""

from __future__ import annotations

from typing import Literal

from triage.wish import OnCase, Wish

Via = Literal["disclosure", "amnesty"]
AMNESTY: Via = "amnesty"


class TellUse(Wish):
    """One line of what somebody tells. In an amnesty nobody acts: `actor` is empty, and it bears the tool alone."""

    do: Literal["tell_use"] = "tell_use"
    case: str
    campaign: str
    via: Via = "disclosure"
    tool_id: str | None = None
    tool_name: str
    title: str = ""
    purpose: str = ""
    unit: str = ""


class FollowUp(OnCase):
    """An amnesty is over: whoever told of this answers for it from now on. Nobody acts here: `actor` is empty.

    `tool_name`: what they called a tool that the catalogue does not know.
    """

    do: Literal["follow_up"] = "follow_up"
    person: str
    tool_name: str = ""
    purpose: str = ""
    unit: str = ""


OfDisclosures = TellUse | FollowUp
