"""Payloads as somebody could send them about a use that they do not read: every button, window, command and event."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from bot.slack.elements import read_press
from bot.slack.ids import Action, Press, to_value
from tests.hostile.confidence import BOT, CARDS, IDA, TEAM

Json = dict[str, Any]
_moments = count(1)


def _by(user: str, kind: str) -> Json:
    return {
        "type": kind,
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "api_app_id": "A0",
        "token": "t",
        "trigger_id": f"trigger-{next(_moments)}",
    }


def press(user: str, element: Json, *, ts: str, view: Json | None = None) -> Json:
    """On the card, or in a window."""
    where: Json = (
        {"view": view | {"id": "V1", "hash": "h"}, "container": {"type": "view"}}
        if view
        else {
            "channel": {"id": CARDS, "name": "cards"},
            "container": {"type": "message", "message_ts": ts, "channel_id": CARDS},
            "message": {"type": "message", "user": BOT, "ts": ts, "text": ""},
        }
    )
    action = {"block_id": "b", "action_ts": f"1799999999.{next(_moments):06}"} | element
    return _by(user, "block_actions") | where | {"actions": [action]}


def button(action: Action, case: str) -> Json:
    """As nobody was shown it: for what is never drawn about such a use."""
    return {
        "type": "button",
        "action_id": action.value,
        "value": to_value(Press(case, 1, "data", "internal")),
    }


def elements(blocks: list[Json]) -> Iterator[Json]:
    """What can be pressed or chosen in them, once for each choice."""
    for block in blocks:
        for one in [*block.get("elements", []), block.get("accessory")]:
            if isinstance(one, dict) and one.get("action_id"):
                yield from _pressed(block, one)


def _pressed(block: Json, one: Json) -> Iterator[Json]:
    made: Json = {name: one[name] for name in ("type", "action_id", "value") if name in one}
    made["block_id"] = block.get("block_id", "b")
    if one["type"] == "button":
        yield made
    for option in one.get("options") or ():
        yield made | {"selected_option": option}


def about(element: Json) -> str:
    """The case that it is about; "" for none."""
    try:
        return read_press(element).case
    except ValueError:
        return ""


def handed_in(user: str, view: Json) -> Json:
    """Filled with whatever fits into its fields; whoever can be named is an outsider."""
    values = {
        block["block_id"]: {block["element"]["action_id"]: _filled(block["element"])}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    drawn = view | {"id": f"V{next(_moments)}", "hash": "h", "state": {"values": values}}
    return _by(user, "view_submission") | {"view": drawn}


def _filled(element: Json) -> Json:
    kind, options = element["type"], element.get("options") or []
    match kind:
        case "plain_text_input" | "url_text_input" | "number_input":
            return {"type": kind, "value": "7"}
        case "users_select":
            return {"type": kind, "selected_user": IDA}
        case "datepicker":
            return {"type": kind, "selected_date": "2027-01-15"}
        case "checkboxes" | "multi_static_select":
            return {"type": kind, "selected_options": options[:1]}
    return {"type": kind, "selected_option": options[0] if options else None}


def call(user: str, text: str) -> Json:
    told = {"team_id": TEAM, "user_id": user, "channel_id": CARDS, "api_app_id": "A0", "token": "t"}
    return told | {"command": "/steward", "text": text, "trigger_id": f"trigger-{next(_moments)}"}


def shortcut(user: str, callback: str, text: str = "") -> Json:
    body = _by(user, "message_action" if text else "shortcut") | {"callback_id": callback}
    message = {"type": "message", "user": user, "ts": "1799999999.000001", "text": text}
    at = {"message": message, "channel": {"id": CARDS, "name": "cards"}} if text else {}
    return body | at | {"action_ts": f"1799999999.{next(_moments):06}"}


def event(user: str, kind: str, **more: Any) -> Json:
    made: Json = {"type": kind, "user": user, "event_ts": "1799999999.000001", **more}
    bot = {"team_id": TEAM, "user_id": BOT, "is_bot": True}
    return {
        "type": "event_callback",
        "token": "t",
        "team_id": TEAM,
        "api_app_id": "A0",
        "event": made,
        "event_id": f"Ev{next(_moments)}",
        "authorizations": [bot],
    }
