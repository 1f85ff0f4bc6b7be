"""What a person has put into inputs, menus and pickers: plain here, in Slack's `state.values` for the app.

Plain: a string for text, dates and single choices, a list of strings for several choices, None for nothing.
Moments are Unix seconds. What an app offered on request is its option object, what was uploaded its file object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.blockcheck import elements_of
from bot.sandbox.elements import choices
from bot.sandbox.errors import Impossible, Json

Values = dict[str, dict[str, Any]]
_ONE_OF_OPTIONS = {"static_select", "radio_buttons", "overflow"}
_SOME_OF_OPTIONS = {"multi_static_select", "checkboxes"}
_OFFERED_LATER = {"external_select", "multi_external_select"}
SEVERAL = {
    "multi_static_select",
    "checkboxes",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
    "multi_external_select",
    "file_input",
}
"""Elements that hold a list."""
_FIELD = {
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "external_select": ("selected_option", "initial_option"),
    "multi_external_select": ("selected_options", "initial_options"),
    "file_input": ("files", ""),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
}
_STATELESS = {"button", "overflow"}
REQUIRED = "Please complete this required field."


def fillable(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element that holds a value, with its block."""
    for block in blocks:
        for element in elements_of(block):
            if element["type"] not in _STATELESS:
                yield block, element


def initial(element: Json) -> Any:
    """The plain value an element starts with."""
    kind = element["type"]
    if kind in _ONE_OF_OPTIONS:
        return (element.get("initial_option") or {}).get("value")
    if kind in _SOME_OF_OPTIONS:
        return [o["value"] for o in element.get("initial_options") or []]
    if kind == "rich_text_input":
        return words_of(element["initial_value"]) if "initial_value" in element else None
    start = element.get(_FIELD[kind][1])
    return list(start or []) if kind in SEVERAL else start


def to_state(element: Json, value: Any) -> Json:
    """Slack's form of a plain value."""
    kind = element["type"]
    offered = {o["value"]: o for o in choices(element)}
    wanted = value if isinstance(value, list) else [] if value is None else [value]
    if kind in _ONE_OF_OPTIONS | _SOME_OF_OPTIONS and (strange := [v for v in wanted if v not in offered]):
        raise Impossible(f"{element.get('action_id')} offers {', '.join(offered)}; not {strange[0]!r}.")
    if kind in _ONE_OF_OPTIONS:
        return {"type": kind, "selected_option": offered[wanted[0]] if wanted else None}
    if kind == "rich_text_input":
        return {"type": kind} | ({"rich_text_value": to_rich_text(str(wanted[0]))} if wanted else {})
    _check_count(element, len(wanted))
    if kind in _SOME_OF_OPTIONS:
        return {"type": kind, "selected_options": [o for v, o in offered.items() if v in wanted]}
    if kind in _OFFERED_LATER and not all(isinstance(w, dict) and "value" in w for w in wanted):
        raise Impossible(
            f"{element.get('action_id')} takes what `looks_for` has found, an option with its text."
        )
    if kind == "datetimepicker" and wanted and not isinstance(wanted[0], int):
        raise Impossible(f"{element.get('action_id')} takes Unix seconds.")
    return {
        "type": kind,
        _FIELD[kind][0]: wanted if kind in SEVERAL else (wanted[0] if wanted else None) or None,
    }


def to_rich_text(words: str) -> Json:
    """Typed words as a rich_text object, as a rich text input hands them in."""
    said = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [said]}


def words_of(rich: Any) -> str:
    """The bare words of a rich_text object."""
    if isinstance(rich, dict):
        return (
            str(rich["text"]) if isinstance(rich.get("text"), str) else words_of(rich.get("elements") or [])
        )
    return "".join(words_of(part) for part in rich)


def _check_count(element: Json, count: int) -> None:
    most = element.get("max_selected_items") or element.get("max_files")
    if element["type"] in SEVERAL and most and count > most:
        raise Impossible(f"{element.get('action_id')} takes at most {most} choices.")


def current(block: Json, element: Json, values: Values) -> Any:
    """The plain value an element has now."""
    typed = values.get(block["block_id"], {})
    return typed[element["action_id"]] if element["action_id"] in typed else initial(element)


def state_of(blocks: list[Json], values: Values) -> Json:
    """Slack's `state.values` for these blocks."""
    state: Json = {}
    for block, element in fillable(blocks):
        now = to_state(element, current(block, element, values))
        state.setdefault(block["block_id"], {})[element["action_id"]] = now
    return state


def keep_values(values: Values, old: Json, new: Json) -> Values:
    """The typed values that survive an update of the view."""
    before = {(b["block_id"], e["action_id"]): e["type"] for b, e in fillable(old["blocks"])}
    kept: Values = {}
    for block, element in fillable(new["blocks"]):
        key = (block["block_id"], element["action_id"])
        if before.get(key) == element["type"] and key[1] in values.get(key[0], {}):
            value = values[key[0]][key[1]]
            try:
                to_state(element, value)
            except Impossible:
                continue
            kept.setdefault(key[0], {})[key[1]] = value
    return kept


def outlived(kept: Values, new: Json) -> Iterator[tuple[str, Any, Any]]:
    """By block, what stands there on though the app drew something else, and what it drew."""
    for block, element in fillable(new["blocks"]):
        stands, drawn = current(block, element, kept), initial(element)
        if _meant(stands) != _meant(drawn):
            yield block["block_id"], stands, drawn


def _meant(value: Any) -> Any:
    """Choices have no order, and nobody sees spaces around what is written."""
    return frozenset(map(str, value)) if isinstance(value, list) else str(value or "").strip()


def problems(blocks: list[Json], values: Values) -> dict[str, str]:
    """What Slack itself holds against a submission, by block_id, before the app hears of it."""
    found: dict[str, str] = {}
    for block, element in fillable(blocks):
        if block["type"] != "input":
            continue
        value = current(block, element, values)
        if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
            if not block.get("optional"):
                found[block["block_id"]] = REQUIRED
        elif isinstance(value, str) and (problem := _typed_problem(element, value)):
            found[block["block_id"]] = problem
    return found


def _typed_problem(element: Json, value: str) -> str | None:
    kind = element["type"]
    if kind == "plain_text_input":
        if len(value) < element.get("min_length", 0):
            return f"Please enter at least {element['min_length']} characters."
        if len(value) > element.get("max_length", 3000):
            return f"Please enter no more than {element.get('max_length', 3000)} characters."
    if kind == "number_input":
        whole = r"-?\d+" if not element.get("is_decimal_allowed") else r"-?\d+(\.\d+)?"
        if not re.fullmatch(whole, value):
            return (
                "Please enter a number."
                if element.get("is_decimal_allowed")
                else "Please enter a whole number."
            )
        if "min_value" in element and float(value) < float(element["min_value"]):
            return f"Please enter a number of at least {element['min_value']}."
        if "max_value" in element and float(value) > float(element["max_value"]):
            return f"Please enter a number of at most {element['max_value']}."
    if kind == "datepicker" and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return "Please enter a date."
    if kind == "email_text_input" and not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not re.match(r"https?://\S+$", value):
        return "Please enter a valid URL."
    return None
