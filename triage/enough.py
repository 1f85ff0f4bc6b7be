"""How often one person may say of one use that an answer was wrong; more of the same day tell its owner nothing new."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path

from intake.source import Faults, read_file
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Refused

FILE = Path(__file__).with_name("reporting.yaml")
FIELD = "a_day"
DAY = timedelta(days=1)


@cache
def most(file: Path = FILE) -> int:
    """Raises Damaged with its fault."""
    faults = Faults()
    entry = read_file(file, faults)
    fields = entry.fields(faults, (FIELD,)) if entry else {}
    faults.stop_if_any()
    number = fields[FIELD].whole(faults)
    if number < 1:
        faults.add(fields[FIELD], f"`{number}` is too few", "Write 1 or more.")
    faults.stop_if_any()
    return number


def check_not_enough(case: Case, person: str, desk: Desk) -> None:
    recent = [each for each in case.reports if each.at > desk.now - DAY and desk.same(each.by, person)]
    if len(recent) >= most():
        raise Refused("reported_enough", case=case.id, count=str(len(recent)))
