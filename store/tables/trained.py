"""Who needs which training, and who said or confirmed that it was done; no row is ever changed."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from store.columns import one_of
from store.tables.row import Row


class TrainedRow(Row, table=True):
    """`training`: the entry; `day`: on which it was done, or since when it is needed, or not any more."""

    __tablename__ = "trained"
    __table_args__ = (
        one_of("kind", "asked", "freed", "done", "confirmed"),
        UniqueConstraint("training", "person_id", "kind", "day"),
    )

    id: str = Field(primary_key=True)
    training: str = Field(foreign_key="aims_entry.id")
    person_id: str = Field(foreign_key="person.id", index=True)
    kind: str
    day: date
    by_id: str | None = Field(default=None, foreign_key="person.id")
    at: datetime
    line: int
