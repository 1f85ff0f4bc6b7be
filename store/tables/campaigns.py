"""Campaigns that ask which AI is in use, and what was answered; who answered is in none of them by name."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class CampaignRow(Row, table=True):
    """`salt`: of the hashes by which it knows who answered, gone once it is over. Its words lie in the `line`.

    `figures`: what whoever leads reads, as it was counted last.
    """

    __tablename__ = "campaign"

    id: str = Field(primary_key=True)
    started_by: str = Field(foreign_key="person.id")
    places: list[str] = Field(default_factory=list, sa_type=Json)
    everyone: bool = False
    amnesty: bool = False
    since: date
    until: date
    at: datetime
    line: int
    salt: str | None = None
    ended_by: str | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None
    figures: dict[str, Any] | None = Field(default=None, sa_type=Json)


class CampaignAnswerRow(Row, table=True):
    """That somebody answered, so that they are not asked again."""

    __tablename__ = "campaign_answer"
    __table_args__ = (one_of("said", "none", "told"),)

    campaign_id: str = Field(primary_key=True, foreign_key="campaign.id")
    who: str = Field(primary_key=True)
    said: str


class CampaignToldRow(Row, table=True):
    """One tool that somebody told of. `who`: their hash while it runs, a number of this row's own once it is over.

    `held`: of an amnesty, whose it is and what for, and on which day, until it is followed up; also what a tool was
    called that the catalogue does not know: then `tool` is empty.
    """

    __tablename__ = "campaign_told"

    id: str = Field(primary_key=True)
    campaign_id: str = Field(foreign_key="campaign.id", index=True)
    who: str
    tool: str
    unit: str
    use_id: str | None = None
    held: dict[str, Any] | None = Field(default=None, sa_type=Json)
