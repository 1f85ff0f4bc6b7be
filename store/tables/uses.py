"""Tool, Use and Deployment: three records (domain: a tool is assessed once, used often, deployed by many)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from store.columns import Json, at_most, between, one_of
from store.tables.row import Row

STATES = (
    "draft",
    "disclosed",
    "needs_info",
    "in_review",
    "approved",
    "approved_with_conditions",
    "declined",
    "blocked",
    "under_reassessment",
    "lapsed",
    "withdrawn",
    "retired",
)
EU_CLASSES = ("out_of_scope", "minimal", "limited", "high", "prohibited")


class ToolRow(Row, table=True):
    id: str = Field(primary_key=True)
    slug: str = Field(unique=True)
    name: str
    vendor: str = ""
    record: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    state: str
    source: str
    updated_at: datetime


class UseRow(Row, table=True):
    __table_args__ = (
        UniqueConstraint("source_map", "source_id"),
        Index(None, "state", "ref"),
        Index(None, "tier_ceiling", "ref"),
        Index(None, "confidential", "state"),
        Index(None, "tool_id", "state", "updated_at"),
        Index(None, "tool_name", "state", "updated_at"),
        at_most("title", 80),
        one_of("state", *STATES),
        one_of("eu_floor", *EU_CLASSES),
        one_of("eu_ceiling", *EU_CLASSES),
        between("tier_floor", 1, 4),
        between("tier_ceiling", 1, 4),
        between("tier_final", 1, 4),
    )

    id: str = Field(primary_key=True)
    ref: str | None = Field(default=None, unique=True)
    title: str = ""
    summary: str = ""
    state: str
    stage: str | None = None
    lane: str | None = None
    requester_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    owner_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    backup_owner_id: str | None = Field(default=None, foreign_key="person.id")
    unit: str | None = None
    tool_id: str | None = Field(default=None, foreign_key="tool.id")
    tool_name: str | None = None
    eu_floor: str | None = Field(default=None, index=True)
    eu_ceiling: str | None = Field(default=None, index=True)
    tier_floor: int | None = Field(default=None, index=True)
    tier_ceiling: int | None = None
    tier_final: int | None = None
    submitted_at: datetime | None = None  # used by store.records (lead)
    due_at: datetime | None = Field(default=None, index=True)
    next_review_on: date | None = Field(default=None, index=True)
    discovered_via: str | None = None
    source_map: str | None = None
    source_id: str | None = None
    confidential: bool = False
    version: int = 1
    created_at: datetime
    updated_at: datetime


class ReaderRow(Row, table=True):
    """Who may see a confidential use besides those whose role allows it."""

    use_id: str = Field(primary_key=True, foreign_key="use.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True)


class DeploymentRow(Row, table=True):
    """A team that joined; `accepted` is the decision whose conditions its owner accepted last."""

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    unit: str | None = None
    place: str | None = None
    since: date | None = None
    owner_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    terms_acknowledged_at: datetime | None = None
    joined_at: datetime
    accepted: str | None = Field(default=None, foreign_key="decision.id")
    left_at: datetime | None = None
    version: int = 0
