"""From which days the law asks what of a use, so that the dates that come near are found without reading results."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field

from store.tables.row import Row


class DutyRow(Row, table=True):
    """Worked out from the latest result and written with the case: no record, and nothing is decided by it.

    `begins`: from that day on; days that were long past when it was judged are left out.
    """

    __table_args__ = (Index(None, "begins", "use_id", "duty"),)

    use_id: str = Field(primary_key=True, foreign_key="use.id")
    duty: str = Field(primary_key=True)
    begins: date = Field(primary_key=True)
