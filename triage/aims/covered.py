"""What shows a clause or a control: operation, a document only, or nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from intake.value import Value

Standing = Literal["operating", "document", "nothing"]
Stage = Literal["in_place", "partly", "missing", "left_out"]
"""What a first look at the gaps calls it; `left_out`: a control that does not apply, by an approved statement."""
DOCUMENT, LOOKED, ON_TIME, FAULT = "document", "looked", "on_time", "fault"
"""Among what a point is short of: an entry that documents it; somebody else who looked at what its owner said; that
nothing waits past its day; and that no nonconformity about it is open."""
BESIDE = (DOCUMENT, LOOKED, ON_TIME, FAULT)


class Evidence(Value):
    """One source of it: `name` and `title` of the source, how many records of the period, the newest, a few of them.

    `older`: records from before the period, which show nothing any more. `alone`: only a machine did it.
    """

    name: str
    title: str = ""
    count: int
    older: int = 0
    newest: datetime | None = None
    sample: tuple[str, ...] = ()
    alone: bool = False

    @property
    def shows(self) -> bool:
        return self.count > 0 and not self.alone


class Covered(Value):
    """`evidence`: records that arose from operation; `documents`: references of entries that only say it.

    `missing`: which sources show nothing, by name; `actions`: references of what somebody took on against the gap.
    `short`: which of them it is not in place without, and `document`, where one has to be there. `until`: the last day
    on which something of operation, gone stale since, still counted. `left_out`: the decision that it does not apply.
    """

    point: str
    standing: Standing
    evidence: tuple[Evidence, ...] = ()
    documents: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    until: date | None = None
    left_out: str = ""
    next: str = ""

    @property
    def stage(self) -> Stage:
        if self.left_out:
            return "left_out"
        if self.standing == "operating" and not self.short:
            return "in_place"
        return "partly" if self.standing != "nothing" else "missing"

    @property
    def is_gap(self) -> bool:
        """Also where something shows it and something that is needed is missing."""
        return self.stage in ("partly", "missing")

    @property
    def count(self) -> int:
        return sum(each.count for each in self.evidence)

    @property
    def newest(self) -> datetime | None:
        return max((each.newest for each in self.evidence if each.newest is not None), default=None)
