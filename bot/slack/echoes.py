"""Messages that nobody wrote to us: our own come back as events, other bots and Slack itself write beside people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.edits import written

SLACKBOT = "USLACKBOT"
SAID = frozenset({"message", "app_mention"})


def is_echo(body: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Most of what comes is this; it is let go at the door. Our mark may be missing, our name is not."""
    if event.get("type") not in SAID:
        return False
    message = written(event)
    ours = {told.get("user_id") for told in body.get("authorizations") or () if told.get("is_bot")}
    user = message.get("user")
    return not user or bool(message.get("bot_id")) or user in {*ours, SLACKBOT}
