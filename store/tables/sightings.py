"""What was seen of tools in other systems' lists, counted by team and week; nobody is named."""

from datetime import date, datetime

from sqlmodel import Field

from store.columns import one_of
from store.tables.row import Row

KINDS = ("sign_on", "proxy", "dns", "expense", "extensions", "apps", "oauth", "list")


class SightingRunRow(Row, table=True):
    """One list that was taken in; the same file is known by its digest."""

    __tablename__ = "sighting_run"
    __table_args__ = (one_of("kind", *KINDS),)

    id: str = Field(primary_key=True)
    digest: str = Field(unique=True)
    kind: str
    format: str = ""
    taken_at: datetime


class SightingRow(Row, table=True):
    """`week`: the Monday of it, of what bears no date that of the taking in; `people`: how many at least.

    `sure`: whether what stood there can only mean this tool; `general`: whether it says little of AI by itself.
    """

    __tablename__ = "sighting"

    run_id: str = Field(primary_key=True, foreign_key="sighting_run.id")
    tool_id: str = Field(primary_key=True, index=True)
    unit: str = Field(primary_key=True)
    week: date = Field(primary_key=True, index=True)
    hits: int
    people: int
    sure: bool
    general: bool
    first_on: date | None = None
    last_on: date | None = None
