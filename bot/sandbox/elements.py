"""Limits of Block Kit's interactive elements, one row for each, and where each may stand."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox.fields import (
    Check,
    Report,
    Shape,
    anything,
    check_shape,
    items,
    matching,
    one_of,
    text_of,
    type_of,
    whole,
    yes_or_no,
)
from bot.sandbox.objects import confirm, option, option_groups, options, text

_DATE = matching(lambda s: re.fullmatch(r"\d{4}-\d{2}-\d{2}", s) is not None, "a date (YYYY-MM-DD)")
_TIME = matching(lambda s: re.fullmatch(r"\d{2}:\d{2}", s) is not None, "a time (HH:mm)")
_NUMBER = matching(lambda s: re.fullmatch(r"-?\d+(\.\d+)?", s) is not None, "a number in a string")
_ACTION: dict[str, Check] = {"action_id": text_of(255)}
_MENU: dict[str, Check] = _ACTION | {
    "placeholder": text(150, plain=True),
    "confirm": confirm,
    "focus_on_load": yes_or_no,
}
_TYPED: dict[str, Check] = _ACTION | {
    "placeholder": text(150, plain=True),
    "focus_on_load": yes_or_no,
    "dispatch_action_config": anything,
}
_STATIC: dict[str, Check] = {"options": options(100), "option_groups": option_groups}
_SEVERAL: dict[str, Check] = {"max_selected_items": whole(1, 100)}
_CONVERSATION: dict[str, Check] = {
    "default_to_current_conversation": yes_or_no,
    "response_url_enabled": yes_or_no,
    "filter": anything,
}
_TEN: dict[str, Check] = {"confirm": confirm, "focus_on_load": yes_or_no}

ELEMENTS: dict[str, Shape] = {
    "button": Shape(
        {"text": text(75, plain=True)},
        _ACTION
        | {
            "value": text_of(2000),
            "url": text_of(3000),
            "style": one_of("primary", "danger"),
            "confirm": confirm,
            "accessibility_label": text_of(75),
        },
    ),
    "static_select": Shape({}, _MENU | _STATIC | {"initial_option": option()}),
    "multi_static_select": Shape({}, _MENU | _STATIC | _SEVERAL | {"initial_options": options(100)}),
    "users_select": Shape({}, _MENU | {"initial_user": text_of(255)}),
    "multi_users_select": Shape({}, _MENU | _SEVERAL | {"initial_users": items(text_of(255), 100)}),
    "conversations_select": Shape({}, _MENU | _CONVERSATION | {"initial_conversation": text_of(255)}),
    "channels_select": Shape(
        {}, _MENU | {"initial_channel": text_of(255), "response_url_enabled": yes_or_no}
    ),
    "checkboxes": Shape(
        {"options": options(10, mrkdwn=True)}, _ACTION | _TEN | {"initial_options": options(10, mrkdwn=True)}
    ),
    "radio_buttons": Shape(
        {"options": options(10, mrkdwn=True)}, _ACTION | _TEN | {"initial_option": option(mrkdwn=True)}
    ),
    "overflow": Shape({"options": options(5, url=True)}, _ACTION | {"confirm": confirm}),
    "datepicker": Shape({}, _MENU | {"initial_date": _DATE}),
    "timepicker": Shape({}, _MENU | {"initial_time": _TIME, "timezone": text_of(255)}),
    "plain_text_input": Shape(
        {},
        _TYPED
        | {
            "multiline": yes_or_no,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
            "initial_value": text_of(3000, least=0),
        },
    ),
    "number_input": Shape(
        {"is_decimal_allowed": yes_or_no},
        _TYPED | {"min_value": _NUMBER, "max_value": _NUMBER, "initial_value": _NUMBER},
    ),
    "email_text_input": Shape({}, _TYPED | {"initial_value": text_of(3000)}),
    "url_text_input": Shape({}, _TYPED | {"initial_value": text_of(3000)}),
}
_TYPING = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}
IN_ACTIONS = set(ELEMENTS) - _TYPING
IN_SECTION = IN_ACTIONS | {"image"}
IN_INPUT = set(ELEMENTS) - {"button", "overflow"}
STATIC_MENUS = {"static_select", "multi_static_select"}


def element(allowed: set[str]) -> Check:
    """An interactive element out of those that may stand here."""

    def check(value: Any, at: str, report: Report) -> None:
        kind = type_of(value)
        if kind not in allowed:
            report.fault(at, f"unsupported type: {kind or 'none'}")
            return
        if kind == "image":
            check_shape(IMAGE, value, at, report)
            return
        if check_shape(ELEMENTS[kind], value, at, report):
            _check_choices(kind, value, at, report)

    return check


IMAGE = Shape({"image_url": text_of(3000), "alt_text": text_of(2000)})


def choices(element_: dict[str, Any]) -> list[dict[str, Any]]:
    """All options of a menu, those in groups included."""
    grouped = [o for group in element_.get("option_groups") or [] for o in group.get("options", [])]
    return [*(element_.get("options") or []), *grouped]


def _check_choices(kind: str, value: dict[str, Any], at: str, report: Report) -> None:
    if kind in STATIC_MENUS and bool(value.get("options")) == bool(value.get("option_groups")):
        report.fault(at, "must have either options or option_groups")
        return
    one = value.get("initial_option")
    initial = value.get("initial_options") or ([one] if one else [])
    offered = {o["value"] for o in choices(value)}
    if any(o["value"] not in offered for o in initial):
        report.fault(at, "initial options must be among the options")
