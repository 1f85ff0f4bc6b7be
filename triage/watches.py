"""Wishes about the watching of a use: a plan is written, and values are reported."""

from __future__ import annotations

from typing import Literal

from triage.plan import Every, Measure, Reading
from triage.wish import OnCase


class WritePlan(OnCase):
    """`plan`: the version that was shown, "" for none."""

    do: Literal["write_plan"] = "write_plan"
    plan: str = ""
    measures: tuple[Measure, ...]
    every: Every
    monitor: str = ""


class GiveReadings(OnCase):
    """All measures of `plan` at once; `last`: the report that was shown as the last one, "" for none."""

    do: Literal["give_readings"] = "give_readings"
    plan: str
    last: str = ""
    readings: tuple[Reading, ...]
