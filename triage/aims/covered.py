"""What shows a clause or a control: operation, a document only, or nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from intake.value import Value

Standing = Literal["operating", "document", "nothing"]


class Evidence(Value):
    """One source of it: `name` of the source, how many records, the newest, and references of a few of them."""

    name: str
    count: int
    newest: datetime | None = None
    sample: tuple[str, ...] = ()


class Covered(Value):
    """`evidence`: records that arose from operation; `documents`: references of entries that only say it.

    `missing`: which sources show nothing, by name; `actions`: references of what somebody took on against the gap.
    """

    point: str
    standing: Standing
    evidence: tuple[Evidence, ...] = ()
    documents: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()

    @property
    def is_gap(self) -> bool:
        return self.standing != "operating"

    @property
    def count(self) -> int:
        return sum(each.count for each in self.evidence)

    @property
    def newest(self) -> datetime | None:
        return max((each.newest for each in self.evidence if each.newest is not None), default=None)
