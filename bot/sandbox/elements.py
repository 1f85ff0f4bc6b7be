"""Limits of Block Kit's interactive elements, one row for each, and where each may stand."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, time
from typing import Any

from bot.sandbox.fields import Form, Items, Kinds, OneOf, Row, Shape, Text, Whole
from bot.sandbox.objects import (
    ALT,
    CONFIRM,
    DISPATCHING,
    FILTER,
    GROUP,
    GROUPS,
    ID,
    LINKED_OPTION,
    MARKED_OPTION,
    OPTION,
    OPTIONS,
    SOURCE,
    URL,
    YES_OR_NO,
    one_source,
    plain,
)
from bot.sandbox.richtext import RICH_TEXT

Fault = tuple[str, str] | None


def _is_date(text: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


def _is_time(text: str) -> bool:
    with suppress(ValueError):
        return time.fromisoformat(text).isoformat("minutes") == text
    return False


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def choices(element: dict[str, Any]) -> list[dict[str, Any]]:
    """All options of a menu, those in groups included."""
    grouped = [o for group in element.get("option_groups") or [] for o in group.get("options", [])]
    return [*(element.get("options") or []), *grouped]


def options_or_groups(value: Any) -> Fault:
    """A static menu has one kind of list."""
    one = ("options" in value) != ("option_groups" in value)
    return None if one else ("", "must have either options or option_groups")


SUGGESTED = Shape(
    {}, {"options": Items(OPTION, 100, 0), "option_groups": Items(GROUP, 100, 0)}, (options_or_groups,)
)
"""What an app offers in a menu that is searched."""


def starts_among_options(value: Any) -> Fault:
    """What is chosen at the start is offered, word for word."""
    for name in ("initial_option", "initial_options"):
        found = value.get(name) or []
        if any(each not in choices(value) for each in (found if isinstance(found, list) else [found])):
            return f"/{name}", "initial options must be among the options"
    return None


def starts_within_most(value: Any) -> Fault:
    """No more is chosen at the start than may be chosen."""
    most = value.get("max_selected_items")
    for name, found in value.items():
        if most and name.startswith("initial_") and isinstance(found, list) and len(found) > most:
            return f"/{name}", f"no more than {most} items allowed"
    return None


def shortest_below_longest(value: Any) -> Fault:
    """The least length is not above the greatest."""
    apart = value.get("min_length", 0) <= value.get("max_length", 3000)
    return None if apart else ("/min_length", "min_length must not be more than max_length")


def starts_within_length(value: Any) -> Fault:
    """The text at the start may be handed in."""
    longest = value.get("max_length", 3000)
    fits = len(value.get("initial_value", "")) <= longest
    return None if fits else ("/initial_value", f"must be less than {longest + 1} characters")


def least_below_most(value: Any) -> Fault:
    """The least number is not above the greatest."""
    apart = float(value.get("min_value", "-inf")) <= float(value.get("max_value", "inf"))
    return None if apart else ("/min_value", "min_value must not be more than max_value")


def fewest_below_most_lines(value: Any) -> Fault:
    """The least height is not above the greatest."""
    apart = value.get("min_lines", 1) <= value.get("max_lines", 100)
    return None if apart else ("/min_lines", "min_lines must not be more than max_lines")


_NUMBER = Form(_is_number, "a number in a string")
_NAMED: dict[str, Row] = {"action_id": ID}
_PLACEHOLDER: dict[str, Row] = {"placeholder": plain(150), "focus_on_load": YES_OR_NO}
_PICKED: dict[str, Row] = _NAMED | {"confirm": CONFIRM, "focus_on_load": YES_OR_NO}
_MENU: dict[str, Row] = _PICKED | _PLACEHOLDER
_TYPED: dict[str, Row] = _NAMED | _PLACEHOLDER | {"dispatch_action_config": DISPATCHING}
_STATIC: dict[str, Row] = {"options": OPTIONS, "option_groups": GROUPS}
_SEVERAL: dict[str, Row] = {"max_selected_items": Whole(1)}
_SEARCHED: dict[str, Row] = {"min_query_length": Whole(0)}
_ANSWERING: dict[str, Row] = {"response_url_enabled": YES_OR_NO}
_TALKS: dict[str, Row] = {"default_to_current_conversation": YES_OR_NO, "filter": FILTER}
_SOME_IDS = Items(ID, least=0)
_SOME_OPTIONS = Items(OPTION)
_TEN = Items(MARKED_OPTION, 10, unique="value")
_AMONG = (starts_among_options,)
_WITHIN = (starts_within_most,)

ELEMENTS: dict[str, Shape] = {
    "button": Shape(
        {"text": plain(75)},
        _NAMED
        | {
            "value": Text(2000),
            "url": URL,
            "style": OneOf(("primary", "danger")),
            "confirm": CONFIRM,
            "accessibility_label": Text(75),
        },
    ),
    "static_select": Shape({}, _MENU | _STATIC | {"initial_option": OPTION}, (options_or_groups, *_AMONG)),
    "multi_static_select": Shape(
        {},
        _MENU | _STATIC | _SEVERAL | {"initial_options": _SOME_OPTIONS},
        (options_or_groups, *_AMONG, *_WITHIN),
    ),
    "external_select": Shape({}, _MENU | _SEARCHED | {"initial_option": OPTION}),
    "multi_external_select": Shape(
        {}, _MENU | _SEARCHED | _SEVERAL | {"initial_options": _SOME_OPTIONS}, _WITHIN
    ),
    "users_select": Shape({}, _MENU | {"initial_user": ID}),
    "multi_users_select": Shape({}, _MENU | _SEVERAL | {"initial_users": _SOME_IDS}, _WITHIN),
    "conversations_select": Shape({}, _MENU | _TALKS | _ANSWERING | {"initial_conversation": ID}),
    "multi_conversations_select": Shape(
        {}, _MENU | _TALKS | _SEVERAL | {"initial_conversations": _SOME_IDS}, _WITHIN
    ),
    "channels_select": Shape({}, _MENU | _ANSWERING | {"initial_channel": ID}),
    "multi_channels_select": Shape({}, _MENU | _SEVERAL | {"initial_channels": _SOME_IDS}, _WITHIN),
    "checkboxes": Shape({"options": _TEN}, _PICKED | {"initial_options": Items(MARKED_OPTION)}, _AMONG),
    "radio_buttons": Shape({"options": _TEN}, _PICKED | {"initial_option": MARKED_OPTION}, _AMONG),
    "overflow": Shape({"options": Items(LINKED_OPTION, 5, unique="value")}, _NAMED | {"confirm": CONFIRM}),
    "datepicker": Shape({}, _MENU | {"initial_date": Form(_is_date, "a date (YYYY-MM-DD)")}),
    "timepicker": Shape({}, _MENU | {"initial_time": Form(_is_time, "a time (HH:mm)"), "timezone": ID}),
    "datetimepicker": Shape({}, _PICKED | {"initial_date_time": Whole(10**9, 10**10 - 1)}),
    "plain_text_input": Shape(
        {},
        _TYPED
        | {
            "multiline": YES_OR_NO,
            "min_length": Whole(0, 3000),
            "max_length": Whole(1, 3000),
            "initial_value": Text(None, 0),
        },
        (shortest_below_longest, starts_within_length),
    ),
    "number_input": Shape(
        {"is_decimal_allowed": YES_OR_NO},
        _TYPED | {"min_value": _NUMBER, "max_value": _NUMBER, "initial_value": _NUMBER},
        (least_below_most,),
    ),
    "email_text_input": Shape({}, _TYPED | {"initial_value": Text(None)}),
    "url_text_input": Shape({}, _TYPED | {"initial_value": Text(None)}),
    "rich_text_input": Shape(
        {},
        _TYPED
        | {
            "initial_value": Kinds({"rich_text": Shape(RICH_TEXT, {"block_id": ID})}),
            "min_lines": Whole(1, 100),
            "max_lines": Whole(1, 100),
        },
        (fewest_below_most_lines,),
    ),
    "file_input": Shape({}, _NAMED | {"filetypes": Items(ID), "max_files": Whole(1, 10)}),
}
IMAGE = Shape({"alt_text": ALT}, SOURCE, (one_source,))

_TYPING = {name for name in ELEMENTS if name.endswith("_input")}
_TICKED = {"checkboxes", "radio_buttons"}
_SEVERAL_MENUS = {name for name in ELEMENTS if name.startswith("multi_")}


def _these(names: set[str]) -> dict[str, Row]:
    return {name: row for name, row in ELEMENTS.items() if name in names}


IN_ACTIONS = Kinds(_these(set(ELEMENTS) - _TYPING - _SEVERAL_MENUS))
IN_SECTION = Kinds(_these(set(ELEMENTS) - _TYPING - {"datetimepicker"}) | {"image": IMAGE})
IN_INPUT = Kinds(_these(set(ELEMENTS) - {"button", "overflow", "file_input"}))
IN_MODAL_INPUT = Kinds(_these(set(ELEMENTS) - {"button", "overflow"}))
