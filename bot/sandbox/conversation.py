"""Channels, direct messages and the messages in them, with the shapes Slack gives them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.errors import Json
from bot.sandbox.people import Bot

Kind = Literal["channel", "group", "im"]


@dataclass
class Message:
    """One message. `ephemeral_to` names the one person who can see it."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    from_bot: bool = False
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    edited: Json | None = None
    deleted: bool = False
    ephemeral_to: str | None = None
    broadcast: bool = False
    reactions: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread below another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def payload(self, bot: Bot, team_id: str, *, with_metadata: bool = False) -> Json:
        """The message object of events, history and interactions."""
        body: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "team": team_id}
        if self.from_bot:
            body |= {"bot_id": bot.bot_id, "app_id": bot.app_id}
            body["bot_profile"] = {
                "id": bot.bot_id,
                "app_id": bot.app_id,
                "name": bot.name,
                "team_id": team_id,
            }
        if self.blocks:
            body["blocks"] = self.blocks
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        if self.broadcast:
            body["subtype"] = "thread_broadcast"
        if self.files:
            body["files"] = self.files
        if self.edited:
            body["edited"] = self.edited
        if self.deleted:
            body |= {"subtype": "tombstone", "text": "This message was deleted."}
        if self.reactions:
            body["reactions"] = [
                {"name": name, "users": list(users), "count": len(users)}
                for name, users in self.reactions.items()
            ]
        if with_metadata and self.metadata:
            body["metadata"] = self.metadata
        return body


@dataclass
class Channel:
    """A public or private channel, or the direct messages between one person and the bot.

    `shared_with` names the other workspaces whose people are in it.
    """

    id: str
    name: str
    kind: Kind = "channel"
    members: list[str] = field(default_factory=list)
    topic: str = ""
    is_archived: bool = False
    shared_with: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def find(self, ts: str, *, thread_ts: str | None = None) -> Message | None:
        """The living message with this ts."""
        for message in self.messages:
            if message.ts == ts and not message.deleted:
                return message
        return None

    def replies(self, ts: str) -> list[Message]:
        """What stands below the message with this ts, for everybody to see."""
        return [
            m
            for m in self.messages
            if m.is_reply and m.thread_ts == ts and not m.deleted and m.ephemeral_to is None
        ]

    @property
    def name_in_payloads(self) -> str:
        """Interactions and commands carry fixed words for conversations that are not public."""
        return {"im": "directmessage", "group": "privategroup"}.get(self.kind, self.name)

    def payload(self, bot: Bot, team_id: str) -> Json:
        """The conversation object of `conversations.info`."""
        body: Json = {
            "id": self.id,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": self.kind == "im",
            "is_mpim": False,
            "is_private": self.kind != "channel",
            "is_archived": self.is_archived,
            "is_ext_shared": bool(self.shared_with),
            "is_pending_ext_shared": False,
            "is_shared": bool(self.shared_with),
            "is_org_shared": False,
            "context_team_id": team_id,
            "created": 0,
        }
        if self.kind == "im":
            return body | {"user": next(m for m in self.members if m != bot.user_id)}
        return body | {
            "name": self.name,
            "name_normalized": self.name,
            "is_general": False,
            "is_member": bot.user_id in self.members,
            "num_members": len(self.members),
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
        }
