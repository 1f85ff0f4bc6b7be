"""Of whom a request asks something now, so that what waits for one person is found without looking at the rest."""

from sqlalchemy import Index
from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class AskRow(Row, table=True):
    """Worked out from the case and written with it: no record, and nothing is decided by it.

    `kind`: a yes for a seat, an answer to what was referred, a second signature under an exception. `rank`: whose turn
    it is among the roles of one seat; `later`: its step has not begun; `out`: who has a part in it.
    """

    __table_args__ = (Index(None, "role", "kind"), one_of("kind", "yes", "answer", "second"))

    use_id: str = Field(primary_key=True, foreign_key="use.id")
    kind: str = Field(primary_key=True)
    seat: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    rank: int = 0
    later: bool = False
    out: list[str] = Field(default_factory=list, sa_type=Json)
