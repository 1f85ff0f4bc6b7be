"""Reactions: who put which emoji on which message. The app hears of it where it is a member and listens."""

from __future__ import annotations

import re

from bot.sandbox import payloads
from bot.sandbox.conversation import Message
from bot.sandbox.errors import Refusal
from bot.sandbox.saying import tell
from bot.sandbox.state import Workspace

_NAME = re.compile(r"[a-z0-9_'+-]{1,100}(::skin-tone-[2-6])?")
MOST_KINDS = 50
"""So many different reactions one message bears."""


def add(ws: Workspace, user: str, message: Message, name: str) -> None:
    """Put a reaction on a message, once for each person."""
    if not _NAME.fullmatch(name):
        raise Refusal("invalid_name", f"{name!r} is no emoji's name")
    users = message.reactions.get(name, [])
    if user in users:
        raise Refusal("already_reacted", f"{user} with {name}")
    if not users and len(message.reactions) >= MOST_KINDS:
        raise Refusal("too_many_emoji", f"{MOST_KINDS} different reactions")
    message.reactions[name] = [*users, user]
    _tell(ws, "reaction_added", user, message, name)


def remove(ws: Workspace, user: str, message: Message, name: str) -> None:
    """Take one's own reaction away."""
    users = message.reactions.get(name, [])
    if user not in users:
        raise Refusal("no_reaction", f"{user} with {name}")
    left = [other for other in users if other != user]
    if left:
        message.reactions[name] = left
    else:
        del message.reactions[name]
    _tell(ws, "reaction_removed", user, message, name)


def _tell(ws: Workspace, kind: str, user: str, message: Message, name: str) -> None:
    ws.changed("channel", channel=message.channel)
    if ws.bot.user_id in ws.channels[message.channel].members:
        tell(ws, kind, payloads.reaction_event(ws, kind, user, message, name))
