"""What can be read in a message or a view, and where the thing lies that carries a certain label."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.sandbox.blockcheck import elements_of
from bot.sandbox.elements import choices
from bot.sandbox.errors import Impossible, Json
from bot.sandbox.values import fillable

Found = tuple[Json, Json]
"""A block, and an element in it."""


def words(shown: Json) -> str:
    """All that can be read in a message or view, buttons included."""
    found = list(_texts(shown.get("blocks") or []))
    return "\n".join(found) if found else str(shown.get("text", ""))


def button(blocks: list[Json], label: str, *, beside: str = "") -> Found | None:
    """The first button that says this; `beside`: in a block that also says that."""
    for block, element in _elements(blocks):
        says = str((element.get("text") or {}).get("text", ""))
        if element["type"] == "button" and says == label and beside in words({"blocks": [block]}):
            return block, element
    return None


def offering(blocks: list[Json], labels: tuple[str, ...]) -> Found | None:
    """The first menu, picker or list that offers all of these."""
    for block, element in _elements(blocks):
        offered = {_text(option) for option in choices(element)}
        if offered and offered >= set(labels):
            return block, element
    return None


def field(blocks: list[Json], label: str) -> Found:
    """The input under this label."""
    fields = list(fillable(blocks))
    for block, element in fields:
        if (block.get("label") or {}).get("text") == label:
            return block, element
    there = ", ".join(str((block.get("label") or {}).get("text")) for block, _ in fields)
    raise Impossible(f"Nothing to fill in under {label!r}. There is: {there}.")


def value_of(element: Json, label: str) -> str:
    """What stands behind a choice; what offers no choices takes the words themselves."""
    offered = {_text(option): str(option["value"]) for option in choices(element)}
    if offered and label not in offered:
        raise Impossible(f"{label!r} is not offered. There is: {', '.join(offered)}.")
    return offered.get(label, label)


def _elements(blocks: list[Json]) -> Iterator[Found]:
    for block in blocks:
        for element in elements_of(block):
            yield block, element


def _text(option: Json) -> str:
    return str((option.get("text") or {}).get("text", ""))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("text", "label", "hint", "title") and isinstance(value, str):
                yield value
            elif name not in ("placeholder", "confirm"):
                yield from _texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)
