"""Whether a post whose fate nobody knows stands in its conversation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient

from store.outbox import Owed

MARK = "steward_owed"
POSTED = "steward_posted"
"""The mark of what is posted in channels: Slack tells us where it stands, where we may not look."""

DIRECT = "D"
"""So begin the ids of direct messages."""

PAGES = 50
"""How far it is looked for: two hundred messages each, from the moment on in which it was queued."""

CLOCKS_DIFFER = timedelta(minutes=5)
"""Slack's clock and ours; a message cannot be older than its row by more than this."""


def mark(owed: Owed, channel: str) -> dict[str, Any]:
    """Goes with the post, and is what it is known by."""
    kind = MARK if channel.startswith(DIRECT) else POSTED
    return {"event_type": kind, "event_payload": {"owed": str(owed.id)}}


def marked(message: Mapping[str, Any]) -> str:
    """The mark of a message of ours; nothing where it has none."""
    return str(((message.get("metadata") or {}).get("event_payload") or {}).get("owed") or "")


def find_post(client: WebClient, channel: str, owed: Owed, thread: str | None) -> str | None:
    """The ts of our own post, None where there is none; raises while nobody can know, or where we may not look."""
    since = f"{(owed.queued_at - CLOCKS_DIFFER).timestamp():.6f}"
    look: Callable[..., Any] = client.conversations_history
    asked: dict[str, Any] = {"channel": channel, "oldest": since, "limit": 200, "include_all_metadata": True}
    if thread:
        look, asked = client.conversations_replies, asked | {"ts": thread}
    for _ in range(PAGES):
        answer = look(**asked)
        for message in answer.get("messages") or []:
            if marked(message) == str(owed.id):
                return str(message["ts"])
        following = (answer.get("response_metadata") or {}).get("next_cursor")
        if not following:
            break
        asked["cursor"] = following
    return None
