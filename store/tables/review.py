"""What became of the reviews of uses; rows that are added and never changed."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row
from triage.reviewed import STEPS


class ReviewStepRow(Row, table=True):
    """`review` is the id of the step that opened it; `said` holds what lists it brings, each by its name."""

    __table_args__ = (one_of("kind", *STEPS),)

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    review: str = Field(index=True)
    kind: str
    ref: str | None = Field(default=None, unique=True)
    cause: str | None = None
    trigger: str | None = None
    depth: str | None = None
    seed: str | None = None
    sampled: bool = False
    due_on: date | None = None
    outcome: str | None = None
    second: bool = False
    said: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    facts: str | None = None
    by: str | None = Field(default=None, foreign_key="person.id")
    at: datetime
    words: str | None = None
    version: int
