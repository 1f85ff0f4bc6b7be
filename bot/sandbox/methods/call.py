"""One Web API call: its arguments, and the lookups that every family of methods needs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.sandbox.conversation import Channel, Message
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.people import Person
from bot.sandbox.state import Workspace

Item = TypeVar("Item")


@dataclass(frozen=True)
class Call:
    """What the app asked for."""

    ws: Workspace
    method: str
    args: Json
    base: str

    def text(self, name: str) -> str | None:
        """An argument as a string, or None when it is absent."""
        value = self.args.get(name)
        return None if value is None else str(value)

    def needed(self, name: str) -> str:
        """An argument that must be there."""
        value = self.text(name)
        if not value:
            raise Refusal("invalid_arguments", f"missing {name}", [f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        """A yes-or-no argument in any of the forms that clients send."""
        return self.args.get(name) in (True, 1, "1", "true", "True")

    def parsed(self, name: str, error: str = "invalid_arguments") -> Any:
        """An argument that is JSON, sent as such or as a string."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise Refusal(error, f"{name} is not JSON") from None

    def channel(self, *, by_user: bool = False) -> Channel:
        """The conversation named by `channel`, if the bot may know it."""
        name = self.needed("channel")
        if by_user and name in self.ws.people and self.ws.people[name].dm in self.ws.channels:
            return self.ws.channels[self.ws.people[name].dm]
        ident = name if name in self.ws.channels else self.ws.named_channels().get(name.lstrip("#"), "")
        found = self.ws.channels.get(ident)
        if found is None or (found.kind == "group" and self.ws.bot.user_id not in found.members):
            raise Refusal("channel_not_found", name)
        return found

    def writable(self, *, by_user: bool = False) -> Channel:
        """The conversation named by `channel`, if the bot may write there."""
        found = self.channel(by_user=by_user)
        if found.is_archived:
            raise Refusal("is_archived", found.id)
        uninvited = found.kind == "channel" and "chat:write.public" in (self.ws.scopes or ())
        if self.ws.bot.user_id not in found.members and not uninvited:
            raise Refusal("not_in_channel", found.id)
        return found

    def person(self, name: str = "user") -> Person:
        """The person named by an argument."""
        user = self.needed(name)
        if user not in self.ws.people:
            raise Refusal("user_not_found", user)
        return self.ws.people[user]

    def message(self, channel: Channel, name: str = "ts") -> Message:
        """The message named by an argument; ephemeral ones cannot be named."""
        found = channel.find(self.needed(name))
        if found is None or found.ephemeral_to is not None:
            raise Refusal("message_not_found", f"{self.text(name)} in {channel.id}")
        return found

    def page(self, items: Sequence[Item], most: int = 200) -> tuple[list[Item], Json]:
        """One page of a long answer, and the cursor to the next."""
        cursor = self.text("cursor") or "0"
        if not cursor.isdigit():
            raise Refusal("invalid_cursor", cursor)
        limit = self.text("limit") or str(most)
        if not limit.isdigit() or not 1 <= int(limit) <= 1000:
            raise Refusal("invalid_limit", limit)
        start, end = int(cursor), int(cursor) + int(limit)
        following = str(end) if end < len(items) else ""
        return list(items[start:end]), {"next_cursor": following}
