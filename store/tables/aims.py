"""What the management system keeps beside the register: one row to search by, and the steps, never changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class AimsEntryRow(Row, table=True):
    """All of it follows from the steps. `in_force`, `proposed`: numbers of versions; `stage`: see triage.aims.kinds."""

    __tablename__ = "aims_entry"
    __table_args__ = (
        one_of("state", "proposed", "in_force", "retired", "withdrawn"),
        Index(None, "kind", "state"),
    )

    id: str = Field(primary_key=True)
    ref: str = Field(unique=True)
    kind: str
    name: str = ""
    state: str
    stage: str = ""
    in_force: int | None = None
    proposed: int | None = None
    owner: str | None = Field(default=None, foreign_key="person.id", index=True)
    due: date | None = None
    version: int
    created_at: datetime
    updated_at: datetime


class AimsStepRow(Row, table=True):
    """Its words lie in the trail's `line`. `by`: nobody where an operator typed it in."""

    __tablename__ = "aims_step"
    __table_args__ = (one_of("kind", "draft", "approve", "send_back", "withdraw", "act"),)

    id: str = Field(primary_key=True)
    entry_id: str = Field(foreign_key="aims_entry.id", index=True)
    number: int
    kind: str
    by: str | None = Field(default=None, foreign_key="person.id")
    role: str = ""
    at: datetime
    detail: Any = Field(sa_type=Json)
    line: int
