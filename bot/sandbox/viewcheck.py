"""Limits of modals and Home views."""

from __future__ import annotations

import json
from typing import Any

from bot.sandbox.blockcheck import VIEW_BLOCKS, check_blocks
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.fields import Check, Report, Shape, check_shape, text_of, type_of, yes_or_no
from bot.sandbox.objects import text

VIEW_BYTES = 250_000


def _blocks(value: Any, at: str, report: Report) -> None:
    check_blocks(value, at, VIEW_BLOCKS, report, least=1)


_COMMON: dict[str, Check] = {
    "private_metadata": text_of(3000, least=0),
    "callback_id": text_of(255, least=0),
    "external_id": text_of(255, least=0),
}
_TITLE = text(24, plain=True)
_SHAPES = {
    "home": Shape({"blocks": _blocks}, _COMMON),
    "modal": Shape(
        {"title": _TITLE, "blocks": _blocks},
        _COMMON
        | {
            "submit": _TITLE,
            "close": _TITLE,
            "clear_on_close": yes_or_no,
            "notify_on_close": yes_or_no,
            "submit_disabled": yes_or_no,
        },
    ),
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
    if type_of(view) != kind:
        report.fault("/view/type", f"must be one of: {kind}")
    elif check_shape(_SHAPES[kind], view, "/view", report):
        inputs = [b for b in view.get("blocks") or [] if type_of(b) == "input"]
        if kind == "modal" and inputs and not view.get("submit"):
            report.fault("/view", "`submit` is required when an `input` block is present")
    if report.messages:
        raise Refusal("invalid_arguments", "; ".join(report.messages), report.messages)
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        raise Refusal("view_too_large", f"more than {VIEW_BYTES} bytes")
    result: Json = view
    return result
