"""What went wrong, or nearly did: one row to search by, and the steps, which are added and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class IncidentRow(Row, table=True):
    """All of it follows from the steps."""

    __table_args__ = (
        one_of("kind", "incident", "near_miss", "concern", "complaint", "policy_breach"),
        one_of(
            "status",
            *("reported", "triaged", "contained", "investigating", "fixing", "monitoring"),
            *("closed", "reopened", "rejected"),
        ),
        one_of("severity", "low", "medium", "high", "critical"),
        Index(None, "status", "reported_at"),
    )

    id: str = Field(primary_key=True)
    ref: str = Field(unique=True)
    kind: str
    status: str
    severity: str
    use_id: str | None = Field(default=None, foreign_key="use.id", index=True)
    reporter: str | None = Field(default=None, foreign_key="person.id", index=True)
    coordinator: str | None = Field(default=None, foreign_key="person.id")
    confidential: bool
    version: int
    reported_at: datetime
    updated_at: datetime


class IncidentStepRow(Row, table=True):
    """Its words lie in the trail's `line`. `by` is empty where nobody may know who."""

    __table_args__ = (
        one_of(
            "kind",
            *("report", "take_up", "assess", "name_use", "classify", "contain", "suspend", "note"),
            *("settle_clock", "cause", "add_action", "do_action", "check_action", "noted_told"),
            *("close", "reopen", "reject"),
        ),
    )

    id: str = Field(primary_key=True)
    incident_id: str = Field(foreign_key="incident.id", index=True)
    number: int
    kind: str
    by: str | None = Field(default=None, foreign_key="person.id")
    role: str = ""
    at: datetime
    detail: Any = Field(sa_type=Json)
    line: int
