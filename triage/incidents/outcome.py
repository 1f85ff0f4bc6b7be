"""What follows from a wish about an incident: the incident, who is told what, and what is wished of its use."""

from __future__ import annotations

from enum import StrEnum

from intake.value import Value
from triage.commands import Command
from triage.incidents.incident import Incident, Step


class About(StrEnum):
    """Every message about an incident; each is a part of the template `incident`."""

    card = "card"
    received = "received"
    owner = "owner"
    action = "action"
    closed = "closed"
    rejected = "rejected"
    reopened = "reopened"
    clocks = "reminded"
    wrote_on = "wrote_on"
    held = "held"


class Tell(Value):
    """`to`: somebody in a direct message; "" for the place of cards. `step`: what it tells of."""

    about: About
    to: str = ""
    step: str = ""


class Ruled(Value):
    """`step` is what happened; None: nothing did. `wishes`: carried out on its use in the same transaction.

    `holds`: the marks for which its records are held from now on; who is told of that only is where none was before.
    """

    incident: Incident
    step: Step | None = None
    tells: tuple[Tell, ...] = ()
    wishes: tuple[Command, ...] = ()
    holds: tuple[str, ...] = ()
