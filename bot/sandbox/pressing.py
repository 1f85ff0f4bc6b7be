"""Finding the button or menu a person means, and the action that pressing it causes."""

from __future__ import annotations

from typing import Any

from bot.sandbox.blockcheck import elements_of
from bot.sandbox.errors import Impossible, Json
from bot.sandbox.values import SEVERAL, to_state


def find(
    blocks: list[Json], action_id: str, *, value: str | None = None, block_id: str | None = None
) -> tuple[Json, Json]:
    """The one element (and its block) that fits; says what there is when none or several do."""
    everything = [(block, element) for block in blocks for element in elements_of(block)]
    alike = [
        (block, element)
        for block, element in everything
        if element.get("action_id") == action_id and (value is None or element.get("value") == value)
    ]
    found = [(b, e) for b, e in alike if block_id is None or b["block_id"] == block_id]
    if not found and value is not None:
        # Drawn anew a moment before the press: its block has another id now, and the press still counts.
        found = alike[:1]
    if len(found) == 1:
        return found[0]
    there = ", ".join(_name(block, element) for block, element in everything) or "nothing to press"
    how_many = "Nothing" if not found else f"{len(found)} elements"
    raise Impossible(f"{how_many} with action_id={action_id!r}, value={value!r}. There is: {there}.")


def pressed(block: Json, button: Json) -> Json:
    """The action of a button."""
    if button["type"] != "button":
        raise Impossible(
            f"{button['action_id']} is a {button['type']}, not a button; select something there."
        )
    action = {key: button[key] for key in ("action_id", "text", "value", "style") if key in button}
    return action | {"type": "button", "block_id": block["block_id"]}


def chosen(block: Json, element: Json, value: Any) -> Json:
    """The action of a menu, picker or input that now has this plain value."""
    if element["type"] == "button":
        raise Impossible(f"{element['action_id']} is a button; it can only be clicked.")
    state = to_state(element, value)
    extra = {key: element[key] for key in ("placeholder",) if key in element}
    return {"action_id": element["action_id"], "block_id": block["block_id"]} | extra | state


def plain(element: Json, values: list[Any]) -> Any:
    """A list of choices as the element's plain value."""
    if element["type"] in SEVERAL:
        return list(values)
    if len(values) > 1:
        raise Impossible(f"{element['action_id']} takes one choice, not {len(values)}.")
    return values[0] if values else None


def _name(block: Json, element: Json) -> str:
    value = f" value={element['value']!r}" if "value" in element else ""
    return f"{element['type']} {element.get('action_id')}{value} in {block['block_id']}"
