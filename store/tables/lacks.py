"""Which facts are still missing of a use, so that the gaps of the register are found without reading results."""

from sqlalchemy import Index
from sqlmodel import Field

from store.tables.row import Row


class LackRow(Row, table=True):
    """Worked out from the latest result and written with the case: no record, and nothing is decided by it."""

    __table_args__ = (Index(None, "fact", "use_id"),)

    use_id: str = Field(primary_key=True, foreign_key="use.id")
    fact: str = Field(primary_key=True)
