"""Carries out wishes about the watching of a use."""

from __future__ import annotations

from typing import assert_never

from triage import measuring, planning
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Outcome
from triage.watches import GiveReadings, WritePlan

OF_WATCHES = (WritePlan, GiveReadings)


def carried_out(case: Case, command: WritePlan | GiveReadings, desk: Desk) -> Outcome:
    match command:
        case WritePlan():
            return planning.write(case, command, desk)
        case GiveReadings():
            return measuring.give(case, command, desk)
        case _:
            assert_never(command)
