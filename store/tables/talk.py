"""What goes on between people and Steward: conversations, questions to the employee, where messages lie."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class ConversationRow(Row, table=True):
    __table_args__ = (UniqueConstraint("place_id", "root_ts"),)

    id: str = Field(primary_key=True)
    use_id: str | None = Field(default=None, foreign_key="use.id", index=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    place_id: str = Field(foreign_key="place.id")
    root_ts: str
    status: str
    state: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    version: int = 1
    updated_at: datetime


class InquiryRow(Row, table=True):
    """A reviewer's question to the employee and its answer; `version` is the use's when it was asked."""

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    asked_by: str = Field(foreign_key="person.id")
    question: str
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    asked_at: datetime
    answered_by: str | None = Field(default=None, foreign_key="person.id")
    answer: str | None = None
    files: str | None = None
    answered_at: datetime | None = None
    state: str


class ReferralRow(Row, table=True):
    """An open question put to a role; `number` is that of its message, in which it stands once."""

    __table_args__ = (
        UniqueConstraint("use_id", "question", "number"),
        one_of("state", "open", "answered", "unsure", "closed"),
    )

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    number: int
    question: str
    role: str
    instead_of: str = ""
    state: str
    asked_at: datetime
    by: str | None = Field(default=None, foreign_key="person.id")
    closed_at: datetime | None = None


class AssignmentRow(Row, table=True):
    """Who took a request, to whom it was passed on, or who stays out of it."""

    __table_args__ = (one_of("kind", "taken", "passed_on", "recused"),)

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    kind: str
    person_id: str = Field(foreign_key="person.id")
    by: str = Field(foreign_key="person.id")
    at: datetime
    reason: str = ""
    version: int


class ReportRow(Row, table=True):
    """Somebody said that an answer was wrong; added, never changed."""

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    by: str = Field(foreign_key="person.id")
    at: datetime
    words: str = ""
    version: int


class AddressRow(Row, table=True):
    """Where a message about a subject lies, and which version of the subject it shows."""

    __table_args__ = (UniqueConstraint("subject_kind", "subject_id", "purpose", "place_id"),)

    id: str = Field(primary_key=True)
    subject_kind: str
    subject_id: str
    purpose: str
    place_id: str = Field(foreign_key="place.id")
    ts: str = Field(index=True)
    version_shown: int | None = None
    digest: str | None = None
    posted_at: datetime
