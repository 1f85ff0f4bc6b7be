"""The only tables that know Slack's ids; everywhere else a person or a place is an opaque id of ours."""

from datetime import date, datetime

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
    gone_at: datetime | None = Field(default=None, index=True)
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


class EmployeeRow(Row, table=True):
    """What the organisation's people file says of somebody, by e-mail; `person_id` once they were found in Slack.

    `manager` and `deputy` are e-mails too, empty where there is none.
    """

    email: str = Field(primary_key=True)
    name: str = ""
    manager: str = ""
    unit: str = ""
    country: str = ""
    deputy: str = ""
    slack_user: str = Field(default="", index=True)
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)


class AbsenceRow(Row, table=True):
    """When somebody is away, both days included, as they said it; the last row of a person counts.

    Being back is one, too: it ends the day before.
    """

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    number: int
    since: date
    until: date
    deputy_id: str | None = Field(default=None, foreign_key="person.id")
    at: datetime
