"""By what a use in use is watched: measures, each with its limit, and what was read of them. Nothing here judges."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from intake.value import Value

Side = Literal["at_most", "at_least"]
Every = Literal["weekly", "monthly", "quarterly"]
MEASURES = 5
"""Of one plan: what somebody reads on a phone and reports in one message."""
NAME, UNIT, REASON = 80, 20, 300


class Measure(Value):
    """`limit` is a number as `to_figure` writes it."""

    name: str
    unit: str = ""
    side: Side
    limit: str


class Plan(Value):
    """One version; what is written later stands beside it. `monitor`: who reports, "" for whoever owns the use."""

    id: str
    by: str
    at: datetime
    measures: tuple[Measure, ...]
    every: Every
    monitor: str = ""


class Reading(Value):
    """Of the measure of that number: its `value`, or the `reason` why there is none; with a value it is a remark."""

    number: int
    value: str = ""
    reason: str = ""


class Measurement(Value):
    """What somebody reported of all measures of one plan at once."""

    id: str
    plan: str
    by: str
    at: datetime
    readings: tuple[Reading, ...]


class Past(NamedTuple):
    """A value on the wrong side of its limit."""

    measure: Measure
    reading: Reading


def past(plan: Plan, readings: tuple[Reading, ...]) -> tuple[Past, ...]:
    """The limit itself is still within; what was not measured is neither within nor past."""
    pairs = ((plan.measures[each.number - 1], each) for each in readings if each.value)
    return tuple(Past(measure, each) for measure, each in pairs if is_past(measure, each.value))


def which(measure: Measure) -> tuple[str, str, str]:
    """What makes it the same measure in another version; its limit may be another."""
    return measure.name.casefold(), measure.unit.casefold(), measure.side


def shown(measure: Measure, value: str = "") -> str:
    """In signs that need no language, as the trail has it."""
    sign = "≤" if measure.side == "at_most" else "≥"
    return f"{measure.name}: {value + ' ' if value else ''}({sign} {measure.limit}{measure.unit and ' '}{measure.unit})"


def is_past(measure: Measure, value: str) -> bool:
    found, limit = Decimal(value), Decimal(measure.limit)
    return found > limit if measure.side == "at_most" else found < limit
