"""What was handed in for one thing and stands in a field of the next is noted, so that no story ends with it."""

from __future__ import annotations

from typing import Any

from bot.sandbox import answering
from bot.sandbox.delivery import Ack
from bot.sandbox.state import Workspace

USER = "U0MIRA"


def window(block: str, drawn: str, about: str = "second|1") -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": "value"} | ({"initial_value": drawn} if drawn else {})
    text = {"type": "plain_text", "text": "Words"}
    field = {"type": "input", "block_id": block, "label": text, "element": element}
    return {
        "type": "modal",
        "callback_id": "next",
        "title": text,
        "submit": text,
        "blocks": [field],
        "private_metadata": about,
    }


def after(block: str, drawn: str, about: str = "second|1") -> list[dict[str, Any]]:
    """What is noted where the app answers with such a window to what was typed into *because*."""
    ws = Workspace.from_file()
    view = ws.views.open(USER, window("because", "", "first|1"))
    view.values = {"because": {"value": "Written for the first"}}
    ack = Ack({"response_action": "update", "view": window(block, drawn, about)})
    answering.after_submission(ws, view, ack)
    return ws.views.outlived


def test_what_was_handed_in_and_stands_on_for_another_thing_is_noted() -> None:
    (found,) = after("because", "")
    assert (found["block_id"], found["stands"], found["drawn"]) == ("because", "Written for the first", None)
    assert len(after("because", "What stands here of the second")) == 1


def test_what_is_drawn_anew_as_it_was_typed_or_under_another_name_is_as_it_should_be() -> None:
    assert after("because", "Written for the first ") == []
    assert after("because.2", "") == []
    assert after("because", "", "first|2") == [], "the same thing, which somebody else moved on meanwhile"
