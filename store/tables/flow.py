"""What came in, what goes out, what was carried out, what is due, who holds which duty."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class InboxRow(Row, table=True):
    """Something Slack told us, kept before it is acknowledged; `key` is known once.

    Rows of one `lane` (a channel, a person) are worked off in the order of their `turn`: when it was said.
    """

    __table_args__ = (
        Index(None, "state", "id"),
        Index(None, "state", "lane", "turn"),
        one_of("state", "waiting", "working", "done", "parked"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    lane: str = Field(default="", sa_column_kwargs={"server_default": ""})
    turn: str = Field(default="", sa_column_kwargs={"server_default": ""})
    kind: str
    payload: dict[str, Any] = Field(sa_type=Json)
    received_at: datetime
    state: str = "waiting"
    attempts: int = 0
    next_try_at: datetime | None = None
    lease_until: datetime | None = None
    problem: str | None = None
    done_at: datetime | None = None


class OutboxRow(Row, table=True):
    """A message owed; rows of one `lane` leave in the order of their ids."""

    __table_args__ = (
        Index(None, "state", "lane", "id"),
        Index(None, "coalesce"),
        one_of("kind", "post", "update", "delete", "ephemeral", "publish", "upload"),
        one_of("state", "waiting", "sending", "unknown", "sent", "parked", "dropped"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    place_id: str | None = Field(default=None, foreign_key="place.id")
    person_id: str | None = Field(default=None, foreign_key="person.id")
    lane: str = Field(default="", sa_column_kwargs={"server_default": ""})
    kind: str
    priority: int
    subject_kind: str | None = None
    subject_id: str | None = None
    purpose: str | None = None
    payload: dict[str, Any] = Field(sa_type=Json)
    coalesce: str | None = None
    state: str = "waiting"
    attempts: int = 0
    next_try_at: datetime | None = None
    lease_until: datetime | None = None
    lease_holder: str | None = None
    problem: str | None = None
    queued_at: datetime
    sent_at: datetime | None = None
    ts: str | None = None


class DoneRow(Row, table=True):
    """The repeat key: a wish that was carried out, and what came of it."""

    key: str = Field(primary_key=True)
    subject_kind: str | None = None
    subject_id: str | None = None
    outcome: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    at: datetime


class DueRow(Row, table=True):
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "kind", "step"),
        Index(None, "state", "due_at"),
    )

    id: str = Field(primary_key=True)
    subject_kind: str
    subject_id: str
    kind: str
    step: int = 0
    due_at: datetime
    state: str = "waiting"
    problem: str | None = None


class LeaseRow(Row, table=True):
    """Who holds a duty that only one process may have, and until when."""

    name: str = Field(primary_key=True)
    holder: str
    until: datetime
