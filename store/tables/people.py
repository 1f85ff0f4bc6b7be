"""The only tables that know Slack's ids; everywhere else a person or a place is an opaque id of ours."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from store.columns import one_of
from store.tables.row import Row


class PersonRow(Row, table=True):
    __table_args__ = (UniqueConstraint("team", "slack_user"),)

    id: str = Field(primary_key=True)
    team: str
    slack_user: str
    name: str = ""
    zone: str | None = None
    language: str | None = None
    is_bot: bool = False
    deleted: bool = False
    restricted: bool = False
    foreign_team: bool = False
    updated_at: datetime


class PlaceRow(Row, table=True):
    """Where Steward can speak: a direct message (with its person), a channel, a group."""

    __table_args__ = (UniqueConstraint("team", "slack_channel"), one_of("kind", "dm", "channel", "group"))

    id: str = Field(primary_key=True)
    team: str
    slack_channel: str
    kind: str
    name: str = ""
    zone: str | None = None
    archived: bool = False
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
