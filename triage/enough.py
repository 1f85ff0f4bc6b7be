"""How often a day one person may do what others hear of each time; more of it tells them nothing new."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
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


def is_enough(moments: Iterable[datetime], desk: Desk) -> bool:
    """Whether as much of one kind came in a day as anybody should hear of."""
    return sum(at > desk.now - DAY for at in moments) >= most()


def check_not_enough(case: Case, person: str, desk: Desk) -> None:
    if is_enough((each.at for each in case.reports if desk.same(each.by, person)), desk):
        raise Refused("reported_enough", case=case.id, count=str(most()))
