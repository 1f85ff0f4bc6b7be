"""How far a use is on its way from an idea to its end: its stages, what was to be done before each, and who does it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from intake.value import Value


class Stage(StrEnum):
    idea = "idea"
    pilot = "pilot"
    in_use = "in_use"
    retiring = "retiring"
    retired = "retired"


class StageMove(Value):
    """`by` is empty where the stage was only taken down, at the first yes."""

    id: str
    to: Stage
    by: str = ""
    at: datetime


class TaskStep(Value):
    """Called for or dropped by the rules (`by` is empty then), or done by somebody with what shows it.

    `rules`: the gates that asked for it, as `due` and `before` say by when and for what.
    """

    id: str
    task: str
    kind: Literal["called", "dropped", "done"]
    before: str = ""
    due: date | None = None
    rules: tuple[str, ...] = ()
    by: str = ""
    at: datetime
    link: str = ""
    words: str = ""


class Appointment(Value):
    """What was said of who does a part: named, accepted, refused; an overseer also stops what they oversee.

    `of`: the naming that it answers.
    """

    id: str
    task: str
    kind: Literal["named", "accepted", "refused", "stopped"]
    person: str
    by: str = ""
    at: datetime
    of: str = ""
    words: str = ""
