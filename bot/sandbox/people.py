"""The team, its people, its bot and its user groups, with the shapes Slack gives them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.errors import Json


@dataclass
class Team:
    """The workspace itself."""

    id: str = "T0LOCAL01"
    name: str = "Example Works"
    domain: str = "example-works"


@dataclass
class Bot:
    """The app's bot user."""

    user_id: str = "U0STEWARD"
    bot_id: str = "B0STEWARD"
    name: str = "Steward"
    app_id: str = "A0STEWARD"


@dataclass
class Person:
    """Somebody one can act as. `team`: of another workspace; ultra-restricted: a guest of one channel only."""

    id: str
    name: str
    title: str = ""
    tz: str | None = "Europe/Berlin"
    is_admin: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    team: str = ""
    initials: str = ""
    email: str = ""
    locale: str = "en-US"
    paused_until: float = 0.0
    """In seconds since 1970: they set their notifications to silent until then."""

    def __post_init__(self) -> None:
        words = self.name.split()
        self.initials = self.initials or "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
        self.email = self.email or f"{self.handle}@example.com"
        self.is_restricted = self.is_restricted or self.is_ultra_restricted

    @property
    def handle(self) -> str:
        """The user name, as in payloads."""
        return ".".join(self.name.lower().split())

    @property
    def dm(self) -> str:
        """The id of the conversation between this person and the bot."""
        return f"D{self.id[1:]}"

    @property
    def is_stranger(self) -> bool:
        """Whether they belong to another workspace and are met in shared channels only."""
        return bool(self.team)

    def payload(self, team: Team, moment: datetime, *, with_email: bool = True) -> Json:
        """The user object of `users.info`; the offset is the one of that moment.

        `with_email`: whether the app was given the scope `users:read.email`.
        """
        offset = moment.astimezone(ZoneInfo(self.tz)).utcoffset() if self.tz else None
        home = self.team or team.id
        body: Json = {
            "id": self.id,
            "team_id": home,
            "name": self.handle,
            "deleted": self.deleted,
            "real_name": self.name,
            "tz": self.tz,
            "tz_label": self.tz.split("/")[-1].replace("_", " ") if self.tz else None,
            "tz_offset": int(offset.total_seconds()) if offset is not None else None,
            "profile": {
                "title": self.title,
                "real_name": self.name,
                "display_name": self.name,
                "team": home,
            },
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_bot": False,
            "is_app_user": False,
            "updated": 0,
        }
        if self.is_stranger:
            return body | {"is_stranger": True}
        if with_email:
            body["profile"]["email"] = self.email
        return body


@dataclass
class Group:
    """A user group, such as @privacy-team."""

    id: str
    handle: str
    name: str = ""
    users: list[str] = field(default_factory=list)
    disabled: bool = False

    def payload(self, team: Team, *, with_users: bool) -> Json:
        """The user group object of `usergroups.list`."""
        body: Json = {
            "id": self.id,
            "team_id": team.id,
            "is_usergroup": True,
            "name": self.name or self.handle,
            "handle": self.handle,
            "description": "",
            "date_delete": 1 if self.disabled else 0,
            "user_count": len(self.users),
        }
        if with_users:
            body["users"] = list(self.users)
        return body


def bot_payload(bot: Bot, team: Team) -> Json:
    """The user object of the bot."""
    return {
        "id": bot.user_id,
        "team_id": team.id,
        "name": bot.name.lower(),
        "real_name": bot.name,
        "deleted": False,
        "tz": "Etc/UTC",
        "tz_offset": 0,
        "profile": {"real_name": bot.name, "display_name": bot.name, "bot_id": bot.bot_id, "title": ""},
        "is_bot": True,
        "is_admin": False,
        "is_restricted": False,
        "is_app_user": False,
    }
