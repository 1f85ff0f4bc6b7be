"""Concerns without a name. Nothing here says whose they are: no person, no place, no moment but a full hour."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class LetterRow(Row, table=True):
    """What somebody wrote, until the hour at which it is taken in with all others; `id` is a number of chance.

    `number` counts what waits of the same concern.
    """

    __table_args__ = (one_of("kind", "report", "reply"),)

    id: str = Field(primary_key=True)
    incident_id: str = Field(index=True)
    kind: str
    number: int
    said: dict[str, Any] = Field(sa_type=Json)
    due_at: datetime


class PhraseRow(Row, table=True):
    """Which concern a phrase opens: what scrypt makes of it with `salt`, which is one for all."""

    digest: str = Field(primary_key=True)
    salt: str
    incident_id: str = Field(unique=True)
