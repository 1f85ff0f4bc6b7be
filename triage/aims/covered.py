"""What shows a clause or a control: operation, a document only, or nothing; and what was decided of a control."""

from __future__ import annotations

from datetime import date, datetime
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


class Applied(Value):
    """A row of the statement of applicability; `applies` is "" where nobody decided it yet.

    `own`: a control of the organisation's own. `proposed` and `why`: what operation suggests, with references.
    """

    control: str
    title: str
    own: bool = False
    applies: Literal["", "yes", "no", "partly"] = ""
    because: str = ""
    state: str = ""
    how: str = ""
    owner: str | None = None
    evidence: tuple[str, ...] = ()
    seen_on: date | None = None
    proposed: Literal["", "yes", "no", "partly"] = ""
    why: tuple[str, ...] = ()
    covered: Covered | None = None
    ref: str = ""
    version: int = 0
    decided_by: str | None = None
    decided_as: str = ""
    decided_at: datetime | None = None
    stale: bool = False
    """Whether what it rested on has changed since."""


class Statement(Value):
    """`digest`: over the decisions in all rows; approved while the approved one is the same."""

    rows: tuple[Applied, ...]
    digest: str
    number: int = 0
    approved_by: tuple[str, ...] = ()
    approved_at: datetime | None = None
    is_approved: bool = False
    waits: bool = False
