"""What a model was asked, and the box in which all that it said lies; no other table holds a word of it unpressed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row

STATES = ("waiting", "asking", "done", "settled", "refused", "failed", "withheld", "spent", "dropped")


class ConsultRow(Row, table=True):
    """`text`: what is read, beside what the subject says itself. `said`: the answer as it was checked; `made`: what
    people made of it.

    `text` and `said` are emptied after a month; the trail tells of each what it was.
    """

    __table_args__ = (
        Index(None, "state", "due_at"),
        Index(None, "subject_kind", "subject_id"),
        one_of("state", *STATES),
    )

    id: str = Field(primary_key=True)
    subject_kind: str
    subject_id: str
    about: str
    turn: int = 0
    number: int = 0
    text: str = ""
    asked_by: str | None = Field(default=None, foreign_key="person.id")
    state: str = "waiting"
    attempts: int = 0
    due_at: datetime
    prompt: str = ""
    model: str = ""
    tokens: int = 0
    said: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    made: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    asked_at: datetime
    done_at: datetime | None = None
