"""The team, its people, its bot and its user groups, with the shapes Slack gives them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
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
    """Somebody one can act as."""

    id: str
    name: str
    title: str = ""
    tz: str = "Europe/Berlin"
    is_admin: bool = False
    deleted: bool = False
    is_restricted: bool = False
    initials: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        words = self.name.split()
        self.initials = self.initials or "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
        self.email = self.email or f"{self.handle}@example.com"

    @property
    def handle(self) -> str:
        """The user name, as in payloads."""
        return ".".join(self.name.lower().split())

    @property
    def dm(self) -> str:
        """The id of the conversation between this person and the bot."""
        return f"D{self.id[1:]}"

    def payload(self, team: Team) -> Json:
        """The user object of `users.info`."""
        zone = ZoneInfo(self.tz)
        offset = datetime.now(UTC).astimezone(zone).utcoffset()
        return {
            "id": self.id,
            "team_id": team.id,
            "name": self.handle,
            "deleted": self.deleted,
            "real_name": self.name,
            "tz": self.tz,
            "tz_label": self.tz.split("/")[-1].replace("_", " "),
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": {
                "title": self.title,
                "real_name": self.name,
                "display_name": self.name,
                "email": self.email,
                "team": team.id,
            },
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
            "is_bot": False,
            "is_app_user": False,
            "updated": 0,
        }


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
