"""By what a use in use is watched, and what was read of it; rows that are added and never changed."""

from datetime import datetime

from sqlmodel import Field

from store.columns import one_of
from store.tables.row import Row


class PlanRow(Row, table=True):
    """One version of a monitoring plan; `monitor`: who reports, where that is not whoever owns the use."""

    __table_args__ = (one_of("every", "weekly", "monthly", "quarterly"),)

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    by: str = Field(foreign_key="person.id")
    at: datetime
    every: str
    monitor: str | None = Field(default=None, foreign_key="person.id", index=True)
    version: int


class MeasureRow(Row, table=True):
    """`side` and `limit` say where a value is within; `id` is that of its plan with its number."""

    __table_args__ = (one_of("side", "at_most", "at_least"),)

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    plan_id: str = Field(foreign_key="plan.id", index=True)
    number: int
    name: str
    unit: str = ""
    side: str
    limit: str


class ReadingRow(Row, table=True):
    """`value`, or the `reason` why there is none; `id` is that of the report with the number of the measure."""

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    measure_id: str = Field(foreign_key="measure.id", index=True)
    by: str = Field(foreign_key="person.id")
    at: datetime
    value: str | None = None
    reason: str | None = None
    version: int
