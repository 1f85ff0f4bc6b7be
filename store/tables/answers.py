"""What was said, by whom and when: facts are added, never changed (valid time and recorded time)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class AnswerSetRow(Row, table=True):
    """The answers of one subject to one version of one form; a subject may have several."""

    __table_args__ = (Index(None, "subject_kind", "subject_id"),)

    id: str = Field(primary_key=True)
    form: str
    form_digest: str
    subject_kind: str
    subject_id: str
    opened_at: datetime


class FactRow(Row, table=True):
    __table_args__ = (
        Index(None, "answer_set_id", "question"),
        one_of("state", "answered", "unsure", "not_asked", "not_applicable"),
        one_of("source", "person", "catalogue", "organisation", "import", "model"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    answer_set_id: str = Field(foreign_key="answer_set.id")
    question: str
    state: str
    value: Any = Field(default=None, nullable=True, sa_type=Json)
    contributor: str | None = Field(default=None, foreign_key="person.id")
    source: str
    said_at: datetime
    recorded_at: datetime
