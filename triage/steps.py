"""What a condition is bound to when it is given, and what became of it afterwards."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from intake.value import Value


class Term(Value):
    """What one condition is bound to: its last day, the question that checks it, what follows for the approval."""

    due: date | None = None
    check: str = ""
    otherwise: Literal["", "narrows", "suspends", "lapses"] = ""


class Snoozed(Value):
    """Whoever was reminded of a errand wants to hear of it again on a day, and why not now."""

    id: str
    errand: str
    by: str
    at: datetime
    until: date
    reason: str = ""


class ConditionStep(Value):
    """What became of a condition after the decision; `by` is empty where the clock did it. The last one counts."""

    id: str
    decision: str
    number: int
    kind: Literal["done", "verified", "not_yet", "unmet"]
    by: str = ""
    at: datetime
    link: str = ""
    words: str = ""
