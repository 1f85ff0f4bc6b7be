"""What was pressed, as Slack tells of it: which of our buttons or menus, and the choice that was made in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.ids import Action, Press, Shortcut, from_block_id, from_value, named


def read_press(action: Mapping[str, Any]) -> Press:
    """The press of any element of ours, with the choice that was made in it."""
    if action.get("type") == "button":
        return from_value(str(action.get("value", "")))
    option = action.get("selected_option") or {}
    choice = option.get("value") or action.get("selected_user") or action.get("selected_date") or ""
    return from_block_id(str(action.get("block_id", "")))._replace(choice=str(choice))


def wished(action_id: str, element: Mapping[str, Any]) -> tuple[Action, Press]:
    """What a button or shortcut is there for, also where it was chosen from the menu of what can be done besides."""
    if action_id in {shortcut.value for shortcut in Shortcut}:
        return Action.HOME_START, Press(case="")
    action, press = named(action_id), read_press(element)
    return (Action(press.choice), press._replace(choice="")) if action is Action.MORE else (action, press)
