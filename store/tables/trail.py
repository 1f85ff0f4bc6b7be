"""The audit trail's tables; what their columns mean is written in store/audit.py."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from store.tables.row import Row


class AuditLineRow(Row, table=True):
    """Append-only: a trigger refuses every change and removal."""

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    sealed: str
    previous: str = Field(unique=True)
    digest: str


class AuditTextRow(Row, table=True):
    """A text that the trail only commits to; it can be erased, not changed."""

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    field: str = Field(primary_key=True)
    salt: str
    text: str


class AuditHeadRow(Row, table=True):
    """The one row that says how many lines there are and how the last one is sealed."""

    __table_args__ = (CheckConstraint("id = 1", name="id"),)

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int
    digest: str
