"""Posting, changing and deleting messages, and telling the app about it where it listens."""

from __future__ import annotations

from typing import Any

from bot.sandbox import payloads
from bot.sandbox.conversation import Channel, Message
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.state import Workspace

POST_CHARACTERS = 40_000
METADATA_SCOPE = "metadata.message:read"
SHARED_IN = {"im": "ims", "channel": "channels", "group": "groups"}
"""Where a file object says in which conversations it lies, by their kind."""
LISTENS = {"im": "message.im", "channel": "message.channels", "group": "message.groups"}
"""The event type under which an app subscribes to the messages of a kind of conversation."""
HISTORY = {
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
}
"""The scope without which an app hears of none of them."""


def say(ws: Workspace, user: str, channel: Channel, text: str, **more: Any) -> Message:
    """Post as a person or as the bot."""
    message = Message(ws.new_ts(), channel.id, user, text[:POST_CHARACTERS], **more)
    check_thread(channel, message.thread_ts)
    ws.post(message)
    for file in message.files:
        shared = file.setdefault(SHARED_IN[channel.kind], [])
        shared += [] if channel.id in shared else [channel.id]
    if message.ephemeral_to is None and ws.bot.user_id in channel.members:
        tell(ws, LISTENS[channel.kind], payloads.message_event(ws, message))
        if channel.kind != "im" and not message.from_bot and f"<@{ws.bot.user_id}>" in text:
            tell(ws, "app_mention", payloads.mention_event(ws, message))
        _tell_of_metadata(ws, message)
    return message


def _tell_of_metadata(ws: Workspace, message: Message) -> None:
    """Apps that subscribed to its type hear of it where they are, the one that posted it too."""
    marked = message.metadata is not None and message.metadata["event_type"] in ws.metadata_events
    if marked and (ws.scopes is None or METADATA_SCOPE in ws.scopes):
        tell(ws, "message_metadata_posted", payloads.metadata_event(ws, message))


def check_thread(channel: Channel, thread_ts: str | None) -> None:
    """A thread is named by the ts of its first message, nothing else."""
    if thread_ts is None:
        return
    if thread_ts == "":
        raise Refusal("invalid_thread_ts", "thread_ts is an empty string")
    head = next((m for m in channel.messages if m.ts == thread_ts and m.ephemeral_to is None), None)
    if head is None or head.is_reply:
        raise Refusal("thread_not_found", f"{thread_ts} is not the first message of a thread in {channel.id}")


def change(ws: Workspace, message: Message, *, by_person: bool = False, **fields: Any) -> None:
    """Change a message's text, blocks or metadata."""
    before = ws.body(message)
    for name, value in fields.items():
        setattr(message, name, value)
    ws.name_blocks(message.blocks)
    ts = ws.new_ts()
    if by_person or not message.blocks:
        message.edited = {"user": message.user, "ts": ts}
    ws.changed("channel", channel=message.channel, to=message.ephemeral_to)
    _tell_of_change(ws, message, payloads.changed_event(ws, message, before, ts))


def delete(ws: Workspace, message: Message) -> None:
    """Delete a message; the head of a thread leaves a tombstone."""
    before = ws.body(message)
    message.deleted, message.blocks, message.files = True, [], []
    ws.changed("channel", channel=message.channel, to=message.ephemeral_to)
    _tell_of_change(ws, message, payloads.deleted_event(ws, message, before, ws.new_ts()))


def _tell_of_change(ws: Workspace, message: Message, event: Json) -> None:
    channel = ws.channels[message.channel]
    if message.ephemeral_to is None and ws.bot.user_id in channel.members:
        tell(ws, LISTENS[channel.kind], event)


def open_home(ws: Workspace, user: str, tab: str) -> None:
    """Tell the app that somebody looks at its Home or Messages tab."""
    tell(ws, "app_home_opened", payloads.home_opened(ws, user, tab))


def tell(ws: Workspace, listens_to: str, event: Json) -> None:
    """Raise an event, if the app has subscribed to it and may hear it."""
    may_hear = ws.scopes is None or HISTORY.get(listens_to) in (None, *ws.scopes)
    if listens_to in ws.events and may_hear:
        ws.outlet(payloads.event_callback(ws, event))
