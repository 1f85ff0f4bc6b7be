"""Limits of modals and Home views."""

from __future__ import annotations

import json
from typing import Any

from bot.sandbox.blockcheck import HOME, MODAL
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.fields import Kinds, Report, Row, Shape, Text
from bot.sandbox.objects import YES_OR_NO, plain

VIEW_BYTES = 250_000


def submit_for_inputs(view: Any) -> tuple[str, str] | None:
    """What is filled in is handed in."""
    filled = any(block["type"] == "input" for block in view["blocks"])
    missing = filled and "submit" not in view
    return ("", "`submit` is required when an `input` block is present") if missing else None


_NAME = Text(255, 0)
_COMMON: dict[str, Row] = {
    "private_metadata": Text(3000, 0),
    "callback_id": _NAME,
    "external_id": _NAME,
}
_WORDS = plain(24)
_MODAL = Shape(
    {"title": _WORDS, "blocks": MODAL},
    _COMMON | {"submit": _WORDS, "close": _WORDS, "clear_on_close": YES_OR_NO, "notify_on_close": YES_OR_NO},
    (submit_for_inputs,),
)
VIEWS = {
    "modal": Kinds({"modal": _MODAL}, "must be one of: modal"),
    "home": Kinds({"home": Shape({"blocks": HOME}, _COMMON)}, "must be one of: home"),
}


def refuse_bad_view(view: Any, kind: str) -> Json:
    """Return the view when Slack would take it; otherwise raise what Slack answers."""
    if isinstance(view, str):
        try:
            view = json.loads(view)
        except ValueError:
            raise Refusal(
                "invalid_arguments", "view is not JSON", ["[ERROR] invalid JSON [json-pointer:/view]"]
            ) from None
    report = Report()
    VIEWS[kind].check(view, "/view", report)
    if report.messages:
        raise Refusal("invalid_arguments", "; ".join(report.messages), report.messages)
    if len(json.dumps(view, separators=(",", ":")).encode()) > VIEW_BYTES:
        raise Refusal("view_too_large", f"more than {VIEW_BYTES} bytes")
    result: Json = view
    return result
