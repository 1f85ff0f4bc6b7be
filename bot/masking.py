"""Settings as they may leave the house: where they name people and places of Slack, opaque ids stand instead."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Mapping
from typing import Any

NAMING = ("roles.", "channels.")
GROUP, NOBODY_YET = "a user group", "not met yet"
"""In place of an id that has no opaque one: who is in a group is known to Slack alone."""


def masked(key: str, value: Any, known: Mapping[str, str]) -> Any:
    """`known`: the opaque id of each of Slack's."""
    if not key.startswith(NAMING) or not value:
        return value
    if isinstance(value, list | tuple):
        return [_one(str(each), known) for each in value]
    return _one(str(value), known)


def masked_text(key: str, text: str | None, known: Mapping[str, str]) -> Any:
    """The same for a value as the trail keeps it."""
    if text is None or not text.startswith("["):
        return masked(key, text, known)
    try:
        return masked(key, literal_eval(text), known)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return masked(key, [text], known)


def _one(slack: str, known: Mapping[str, str]) -> str:
    return known.get(slack) or (GROUP if slack.startswith("S") else NOBODY_YET)
