"""The register as people read it: one line per use, already filtered to what the reader may see."""

from __future__ import annotations

from datetime import date, datetime

from intake.value import Value
from triage.case import Status

PUBLIC = frozenset({Status.approved, Status.approved_with_conditions})
"""What every colleague may see of a use that is not confidential."""

OVERSIGHT = (
    "reviewer",
    "risk_owner",
    "legal",
    "privacy",
    "security",
    "committee",
    "executive",
    "governance_lead",
    "auditor",
)
"""Roles that see every use that is not confidential."""


class Entry(Value):
    """`tier` and `eu` are floor and ceiling; equal once settled. `again`: it waits although it was approved before.

    `handed_in`: somebody asked for it; what an inventory names nobody did.
    `scope`: whether the management system covers it (see triage.aims.scoped); "" where nothing says so.
    """

    id: str
    ref: str | None
    title: str
    status: Status
    tool_id: str | None = None
    tool_name: str = ""
    unit: str = ""
    owner: str | None = None
    requester: str | None = None
    stage: str = ""
    tier: tuple[int, int] | None = None
    eu: tuple[str, str] | None = None
    conditions: tuple[str, ...] = ()
    tier_set: bool = False
    scope: str = ""
    handed_in: bool = False
    due_at: datetime | None = None
    review_on: date | None = None
    again: bool = False
    updated_at: datetime

    @property
    def standing(self) -> str:
        """The name of its status, told apart where an approval does not count any more, or nobody took it up."""
        if self.status is Status.disclosed and self.handed_in:
            return "put_down"
        if self.status is Status.disclosed:
            return "taken_up" if self.owner else "unclaimed"
        return "opened_again" if self.again else self.status.value

    @property
    def bare_title(self) -> str:
        """Beside the tool's name, which the title often begins with."""
        return self.title.removeprefix(f"{self.tool_name}: ") if self.tool_name else self.title


class Veiled(Value):
    """All that is seen of a confidential use by who does not read it."""

    ref: str
    tier: tuple[int, int] | None = None


class Reader(Value):
    """Who is looking: every query takes one, and none shows more than it allows.

    `asked`: the confidential uses that ask them for something now (see store.asks).
    `stands_in`: the roles whose holders they stand in for (see triage.deputies); they see what waits for these.
    `outsider`: a guest, a bot, or somebody of another workspace; they see only what is theirs.
    """

    person: str
    roles: frozenset[str] = frozenset()
    stands_in: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    outsider: bool = False

    @property
    def oversees(self) -> bool:
        return not self.outsider and not self.roles.isdisjoint(OVERSIGHT)
