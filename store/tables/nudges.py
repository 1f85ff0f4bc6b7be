"""What was written to whom by the clock; rows that are added and never changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class NudgeRow(Row, table=True):
    """One entry of somebody's message of a day. `together`: it stood with others, drawn as one; `step`: of `errand`;
    `number`: its place in the message."""

    __table_args__ = (
        UniqueConstraint("use_id", "errand", "step", "person_id"),
        Index(None, "person_id", "day"),
    )

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    use_id: str = Field(foreign_key="use.id", index=True)
    errand: str
    step: int
    say: str
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    day: date
    number: int
    together: bool
    at: datetime


class SnoozeRow(Row, table=True):
    """Somebody put off what they were reminded of."""

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    errand: str
    by: str = Field(foreign_key="person.id", index=True)
    at: datetime
    until: date
    reason: str = ""
    version: int


class OfferRow(Row, table=True):
    """One use in a message to a unit. `unit` is empty for what no unit is asked about, and
    whoever leads is instead (`person_id`); `until`: by when it is theirs
    to take; `number`: its place in the message of that `step`."""

    __table_args__ = (
        Index(None, "unit", "kind", "step"),
        one_of("kind", "orphans", "claims"),
    )

    id: str = Field(primary_key=True)
    unit: str
    place_id: str | None = Field(default=None, foreign_key="place.id")
    person_id: str | None = Field(default=None, foreign_key="person.id")
    use_id: str = Field(foreign_key="use.id", index=True)
    kind: str
    step: int
    number: int
    day: date
    until: date | None = None
    at: datetime
