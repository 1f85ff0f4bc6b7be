"""The reactions.* methods: add, remove, get."""

from __future__ import annotations

from bot.sandbox import reacting
from bot.sandbox.conversation import Message
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.methods.call import Call


def add(call: Call) -> Json:
    """The bot reacts to a message."""
    reacting.add(call.ws, call.ws.bot.user_id, _item(call), _name(call))
    return {}


def remove(call: Call) -> Json:
    """The bot takes a reaction of its own away."""
    reacting.remove(call.ws, call.ws.bot.user_id, _item(call), _name(call))
    return {}


def get(call: Call) -> Json:
    """The reactions of one message."""
    message = _item(call)
    return {"type": "message", "channel": message.channel, "message": call.ws.body(message)}


def _item(call: Call) -> Message:
    if not call.text("channel") or not call.text("timestamp"):
        raise Refusal("no_item_specified", "channel and timestamp name the message")
    return call.message(call.writable(), "timestamp")


def _name(call: Call) -> str:
    name = (call.text("name") or "").strip(":")
    if not name:
        raise Refusal("invalid_name", "missing name")
    return name


METHODS = {"reactions.add": add, "reactions.remove": remove, "reactions.get": get}
