"""What two people approved beforehand, and what became of it; both are added to and never changed."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class PatternRow(Row, table=True):
    """`use_id`: the use whose decision it was made from. `version`: that of the use when it was proposed."""

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    number: int
    tool_id: str = Field(foreign_key="tool.id", index=True)
    covers: str
    limits: Any = Field(sa_type=Json)
    results: Any = Field(sa_type=Json)
    flags: Any = Field(sa_type=Json)
    rules: Any = Field(sa_type=Json)
    clauses: Any = Field(sa_type=Json)
    months: int
    last_day: date
    sampling: Any = Field(sa_type=Json)
    decision_id: str = Field(foreign_key="decision.id")
    facts_digest: str
    policies: Any = Field(sa_type=Json)
    by: str = Field(foreign_key="person.id")
    role: str
    at: datetime
    version: int


class PatternStepRow(Row, table=True):
    """`use_id`: the use that the pattern came from, or, for the look afterwards, the one recorded by it."""

    __table_args__ = (one_of("kind", "confirmed", "refused", "withdrawn", "drawn", "fits", "misfit"),)

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    pattern_id: str = Field(foreign_key="pattern.id", index=True)
    kind: str
    by: str | None = Field(default=None, foreign_key="person.id")
    role: str | None = None
    reason: str | None = None
    at: datetime
    version: int
