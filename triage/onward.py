"""Wishes about a use on its way from a yes to its end: the next stage, a task done, who does a part, and a stop."""

from __future__ import annotations

from typing import Literal

from triage.talking import Attached
from triage.wish import OnCase


class MoveOn(OnCase):
    """To the next stage, by whoever owns it; the gate has to be open."""

    do: Literal["move_on"] = "move_on"
    to: Literal["pilot", "in_use", "retiring", "retired"]


class DoTask(OnCase):
    """With what shows that it is done."""

    do: Literal["do_task"] = "do_task"
    task: str
    link: str = ""
    words: str = ""
    file: Attached | None = None


class Appoint(OnCase):
    """The owner names who does a part; it counts once they have accepted."""

    do: Literal["appoint"] = "appoint"
    task: str
    person: str


class AcceptPart(OnCase):
    """`appointment` is the naming that was shown."""

    do: Literal["accept_part"] = "accept_part"
    appointment: str


class RefusePart(OnCase):
    """At first, or at any time later."""

    do: Literal["refuse_part"] = "refuse_part"
    appointment: str
    reason: str


class StopUse(OnCase):
    """Whoever oversees it stops it at once; those who decide look at it again."""

    do: Literal["stop_use"] = "stop_use"
    reason: str = ""


class SuspendUse(OnCase):
    """Somebody who may decide stops it because of an incident, by its reference; why stands there."""

    do: Literal["suspend_use"] = "suspend_use"
    incident: str


Onward = MoveOn | DoTask | Appoint | AcceptPart | RefusePart | StopUse | SuspendUse
