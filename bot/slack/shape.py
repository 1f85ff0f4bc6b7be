"""What Slack's payloads look like, as far as anybody here reads them.

What is of another kind is left out at the door: behind it nobody meets a list where a word should stand, and what is
missing there is refused in words like anything else that is not ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

BROKEN = re.compile(r"[\x00\ud800-\udfff]")
LONGEST = 500
"""No id, key or time of Slack's comes near this."""

DEEPEST = 60
"""Blocks within blocks within views: Slack's own payloads stay below twenty."""

MOMENT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")
Id, Ts, Text, Flag, Unread = "an id", "a moment", "words", "yes or no", "left out"
Shape = Any
"""One of these five, a mapping of names to shapes ("*": any name), or a list with the shape of its items."""

_OPTION = {"value": Text}
_ELEMENT = {
    "type": Id, "action_id": Id, "block_id": Id, "action_ts": Id, "value": Text, "selected_option": _OPTION,
    "selected_options": [_OPTION], "selected_user": Id, "selected_users": [Id], "selected_date": Id,
    "selected_conversation": Id, "selected_conversations": [Id],
}  # fmt: skip
_STATE = {"values": {"*": {"*": _ELEMENT}}}
_TEAM = {"id": Id}
_FOR_BOLT = {"enterprise": {"id": Id}, "authorizations": [{"user_id": Id, "team_id": Id, "is_bot": Flag}]}
"""Where Bolt looks for its ids."""

_PROFILE = {"display_name": Text, "real_name": Text}
_PERSON = {
    "id": Id, "team_id": Id, "name": Text, "real_name": Text, "tz": Id, "profile": _PROFILE, "is_bot": Flag,
    "deleted": Flag, "is_restricted": Flag, "is_ultra_restricted": Flag, "is_stranger": Flag,
}  # fmt: skip
_SAID = {
    "type": Id, "subtype": Id, "user": Id, "text": Text, "ts": Ts, "thread_ts": Ts, "bot_id": Id, "team": Id,
    "user_team": Id, "files": [{}], "blocks": Unread,
}  # fmt: skip
_FIELD = {
    "block_id": Id, "element": {
        "initial_value": Text, "initial_option": _OPTION, "initial_options": [_OPTION], "initial_user": Id,
        "initial_users": [Id], "initial_date": Id, "initial_conversation": Id, "options": Unread,
    },
}  # fmt: skip
"""A field as it was drawn: what it held before anybody touched it."""
_VIEW = {
    "id": Id, "type": Id, "callback_id": Id, "private_metadata": Text, "hash": Id, "state": _STATE, "blocks": [_FIELD],
}  # fmt: skip
_EVENT = _SAID | {
    "event_ts": Ts, "channel": Id, "channel_type": Id, "tab": Id, "message": _SAID, "previous_message": _SAID,
    "old_channel_id": Id, "new_channel_id": Id, "app_id": Id, "channel_id": Id, "message_ts": Ts,
    "metadata": {"event_type": Id, "event_payload": {"owed": Id}}, "reaction": Id,
    "item": {"type": Id, "channel": Id, "ts": Ts},
}  # fmt: skip
EVENT_OF_A_PERSON = {"type": Id, "event_ts": Ts, "user": _PERSON}
"""`user_change`: the only event whose `user` is a whole person."""

EVENT_CALLBACK = {
    "type": Id, "team_id": Id, "api_app_id": Id, "event_id": Id, "event": _EVENT, **_FOR_BOLT,
}  # fmt: skip
INTERACTION = {
    "type": Id, "team": _TEAM, "user": _PERSON, "channel": {"id": Id}, "trigger_id": Id, "callback_id": Id,
    "action_ts": Id, "actions": [_ELEMENT], "message": _SAID, "view": _VIEW, "state": _STATE,
    "action_id": Id, "block_id": Id, "value": Text, "response_urls": Unread,
    **_FOR_BOLT, "container": {"channel_id": Id, "message_ts": Ts, "thread_ts": Ts},
}  # fmt: skip
COMMAND = {
    "command": Id, "team_id": Id, "user_id": Id, "channel_id": Id, "trigger_id": Id, "text": Text,
}  # fmt: skip
ANYTHING = INTERACTION | COMMAND | EVENT_CALLBACK
"""No name means two things in them, and a body that is one of them may still carry parts of another to Bolt."""

NEEDED = {
    "message": ("channel",),
    "app_mention": ("user", "channel", "ts"),
    "app_home_opened": ("user",),
    "member_joined_channel": ("user", "channel"),
    "reaction_added": ("user", "reaction"),
    "user_change": ("user",),
    **dict.fromkeys(
        (
            "channel_archive",
            "channel_deleted",
            "channel_left",
            "channel_unarchive",
            "group_archive",
            "group_deleted",
            "group_left",
            "group_unarchive",
        ),
        ("channel",),
    ),
    "channel_id_changed": ("old_channel_id", "new_channel_id"),
    "message_metadata_posted": ("app_id", "channel_id", "message_ts"),
}
"""Without these an event of its kind says nothing."""

UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What Bolt raises while it looks for its ids in a body that is no JSON, no object, or nested without end."""

_NOTHING = object()


def fitting(body: Mapping[str, Any]) -> dict[str, Any]:
    """The payload without what is of the wrong kind, every text whole."""
    return _mapping(body, _shape_of(body), 0)


def says_enough(event: Mapping[str, Any]) -> bool:
    """Whether an event that fits holds what its kind is nothing without."""
    return all(_says(event.get(name)) for name in NEEDED.get(str(event.get("type")), ()))


def is_damaged(body: Mapping[str, Any]) -> bool:
    """Whether it is somebody's act without saying which."""
    match body.get("type"):
        case "block_actions":
            return not (body.get("actions") or [{}])[0].get("action_id")
        case "view_submission" | "view_closed":
            return not {"type", "callback_id"} <= (body.get("view") or {}).keys()
        case "shortcut" | "message_action":
            return not body.get("callback_id")
    return False


def _says(value: Any) -> bool:
    return bool(value.get("id") if isinstance(value, Mapping) else value)


def _shape_of(body: Mapping[str, Any]) -> Shape:
    event = body.get("event")
    of_person = isinstance(event, Mapping) and event.get("type") == "user_change"
    return ANYTHING | {"event": EVENT_OF_A_PERSON} if of_person else ANYTHING


def _fit(told: Any, shape: Shape, depth: int) -> Any:
    if depth > DEEPEST or shape is Unread:
        return _NOTHING
    if isinstance(told, str):
        return _text(told, shape)
    if isinstance(shape, dict):
        return _mapping(told, shape, depth) if isinstance(told, dict) else _NOTHING
    if isinstance(shape, list):
        return (_items(told, shape[0], depth) if isinstance(told, list) else None) or _NOTHING
    if shape is Flag:
        return told if isinstance(told, bool) else _NOTHING
    return _NOTHING if shape is not None else _whole(told, depth)


def _text(told: str, shape: Shape) -> Any:
    """A text of any length where words are expected or nobody reads; elsewhere an id or a moment."""
    if shape is Id or shape is Ts:
        fits = len(told) <= LONGEST and (shape is Id or MOMENT.fullmatch(told))
    else:
        fits = shape is Text or shape is None
    return _storable(told) if fits else _NOTHING


def _storable(told: str) -> str:
    """Most is plain and needs no second look."""
    return told if told.isascii() and "\0" not in told else BROKEN.sub("\ufffd", told)


def _mapping(told: Mapping[Any, Any], shape: Mapping[str, Shape], depth: int) -> dict[str, Any]:
    other, found = shape.get("*"), {}
    for name, value in told.items():
        fits = _fit(value, shape.get(name, other), depth + 1)
        if fits is not _NOTHING:
            found[_storable(str(name))] = fits
    return found


def _items(told: list[Any], shape: Shape, depth: int) -> list[Any]:
    found = (_fit(item, shape, depth + 1) for item in told)
    return [item for item in found if item is not _NOTHING]


def _whole(told: Any, depth: int) -> Any:
    """What nobody here reads: kept as it is, as far as it can be stored."""
    if isinstance(told, dict):
        return _mapping(told, {}, depth)
    return _items(told, None, depth) if isinstance(told, list) else told
