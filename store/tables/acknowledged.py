"""Who was asked to read which version of a policy, and who said that they did; no row is ever changed."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from store.columns import one_of
from store.tables.row import Row


class AcknowledgedRow(Row, table=True):
    """`policy`: the entry; `version`: the number of the draft that counted."""

    __tablename__ = "acknowledged"
    __table_args__ = (
        one_of("kind", "asked", "read"),
        UniqueConstraint("policy", "version", "person_id", "kind"),
    )

    id: str = Field(primary_key=True)
    policy: str = Field(foreign_key="aims_entry.id")
    version: int
    kind: str
    person_id: str = Field(foreign_key="person.id", index=True)
    at: datetime
    line: int
