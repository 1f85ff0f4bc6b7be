"""An incident: the steps that people took, only ever added to, and what they come to; its words stay beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from intake.value import Value

if TYPE_CHECKING:
    from triage.incidents.standing import Standing

Machine = str | int | bool | tuple[str, ...]
Detail = Mapping[str, Machine]
CHANGED = "."
"""Parts a question from the choices in the name of a detail."""


ORIGIN, OUTSIDE = "origin", "outside"
"""The question where a report came from, and the choice that it was somebody outside of the organisation."""
REPORTER = "reporter"
"""Whom a told step answers: whoever reported it from outside. Who they are is kept nowhere."""


class Kind(StrEnum):
    incident = "incident"
    near_miss = "near_miss"
    concern = "concern"
    complaint = "complaint"
    policy_breach = "policy_breach"


class Status(StrEnum):
    reported = "reported"
    triaged = "triaged"
    contained = "contained"
    investigating = "investigating"
    fixing = "fixing"
    monitoring = "monitoring"
    closed = "closed"
    reopened = "reopened"
    rejected = "rejected"


OVER = frozenset({Status.closed, Status.rejected})

StepKind = Literal[
    "report",
    "take_up",
    "assess",
    "name_use",
    "classify",
    "contain",
    "suspend",
    "note",
    "settle_clock",
    "cause",
    "add_action",
    "do_action",
    "check_action",
    "noted_told",
    "close",
    "reopen",
    "reject",
]


class Step(Value):
    """One thing that somebody did; `by` is empty where nobody may know who. `texts`: words, which can be erased."""

    id: str
    kind: StepKind
    by: str = ""
    role: str = ""
    at: datetime
    detail: Mapping[str, Machine] = {}
    texts: Mapping[str, str] = {}

    @property
    def is_answer(self) -> bool:
        """Whether it says that whoever reported it from outside was answered."""
        return self.kind == "noted_told" and self.detail.get("whom") == REPORTER


class Action(Value):
    """What is done so that it does not happen again; `effective` is "" until somebody else has looked."""

    id: str
    owner: str
    due: date
    words: str = ""
    success: str = ""
    done_by: str = ""
    done_at: datetime | None = None
    evidence: str = ""
    effective: Literal["", "effective", "not_effective"] = ""
    checked_by: str = ""

    @property
    def settled(self) -> bool:
        """Whether it worked, or did not and something else was decided: then another action stands beside it."""
        return bool(self.effective)


class Settled(Value):
    """How a clock ended: met at `when`, or not applicable for a reason; `by` whom and in which role."""

    clock: str
    outcome: Literal["met", "not_applicable"]
    by: str
    role: str
    at: datetime
    when: datetime | None = None
    reason: str = ""


class Classified(Value):
    """What legal, or privacy, decided."""

    value: Literal["yes", "no"]
    by: str
    at: datetime
    reason: str = ""


class Told(Value):
    """Somebody was told by a person; the machine tells nobody outside."""

    whom: str
    when: datetime
    by: str
    words: str = ""


class Relayed(Value):
    """What was asked back of whoever gave no name, or written on by them: then `by` is empty."""

    way: Literal["asked", "wrote"]
    words: str = ""
    by: str = ""
    at: datetime


class Incident(Value):
    """`confidential`: it is about a use that only its readers see."""

    id: str
    ref: str = ""
    steps: tuple[Step, ...] = ()
    confidential: bool = False

    @cached_property
    def now(self) -> Standing:
        """What all steps come to."""
        from triage.incidents.standing import standing  # they know each other

        return standing(self)

    @property
    def status(self) -> Status:
        return self.now.status

    @property
    def version(self) -> int:
        return len(self.steps)
