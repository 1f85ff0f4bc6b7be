"""Limits of Block Kit's blocks: what Slack would refuse, and where it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.sandbox.elements import IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION, element
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.fields import (
    Check,
    Report,
    Shape,
    check_shape,
    check_unique,
    items,
    one_of,
    text_of,
    type_of,
    whole,
    yes_or_no,
)
from bot.sandbox.objects import text

MESSAGE_BLOCKS, VIEW_BLOCKS, MESSAGE_CHARACTERS = 50, 100, 13_200
_ID: dict[str, Check] = {"block_id": text_of(255)}


def _context_part(value: Any, at: str, report: Report) -> None:
    if type_of(value) == "image":
        check_shape(IMAGE, value, at, report)
    else:
        text(3000)(value, at, report)


def _rich(parts: dict[str, Shape]) -> Check:
    def check(value: Any, at: str, report: Report) -> None:
        shape = parts.get(type_of(value))
        if shape is None:
            report.fault(at, f"unsupported type: {type_of(value) or 'none'}")
        else:
            check_shape(shape, value, at, report)

    return check


def _style(value: Any, at: str, report: Report) -> None:
    names = ("bold", "italic", "strike", "code", "underline")
    check_shape(Shape({}, dict.fromkeys(names, yes_or_no)), value, at, report)


_STYLE: dict[str, Check] = {"style": _style}
_INLINE = {
    "text": Shape({"text": text_of(3000)}, _STYLE),
    "link": Shape({"url": text_of(3000)}, _STYLE | {"text": text_of(3000), "unsafe": yes_or_no}),
    "user": Shape({"user_id": text_of(255)}, _STYLE),
    "channel": Shape({"channel_id": text_of(255)}, _STYLE),
    "usergroup": Shape({"usergroup_id": text_of(255)}, _STYLE),
    "emoji": Shape({"name": text_of(255)}, {"unicode": text_of(255)}),
    "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, _STYLE),
    "date": Shape(
        {"timestamp": whole(0, 10**11), "format": text_of(255)},
        _STYLE | {"url": text_of(3000), "fallback": text_of(255)},
    ),
}
_WORDS: dict[str, Check] = {"elements": items(_rich(_INLINE), 1000, least=0)}
_RICH = {
    "rich_text_section": Shape(_WORDS),
    "rich_text_preformatted": Shape(_WORDS, {"border": whole(0, 1)}),
    "rich_text_quote": Shape(_WORDS, {"border": whole(0, 1)}),
    "rich_text_list": Shape(
        {
            "elements": items(_rich({"rich_text_section": Shape(_WORDS)}), 1000),
            "style": one_of("bullet", "ordered"),
        },
        {"indent": whole(0, 8), "offset": whole(0, 10_000), "border": whole(0, 1)},
    ),
}

BLOCKS: dict[str, Shape] = {
    "section": Shape(
        {},
        _ID
        | {
            "text": text(3000),
            "fields": items(text(2000), 10),
            "accessory": element(IN_SECTION),
            "expand": yes_or_no,
        },
    ),
    "header": Shape({"text": text(150, plain=True)}, _ID),
    "context": Shape({"elements": items(_context_part, 10)}, _ID),
    "actions": Shape({"elements": items(element(IN_ACTIONS), 25)}, _ID),
    "divider": Shape({}, _ID),
    "input": Shape(
        {"label": text(2000, plain=True), "element": element(IN_INPUT)},
        _ID | {"hint": text(2000, plain=True), "optional": yes_or_no, "dispatch_action": yes_or_no},
    ),
    "image": Shape(
        {"image_url": text_of(3000), "alt_text": text_of(2000)}, _ID | {"title": text(2000, plain=True)}
    ),
    "rich_text": Shape({"elements": items(_rich(_RICH), 1000)}, _ID),
}


def _block(value: Any, at: str, report: Report) -> None:
    kind = type_of(value)
    if kind not in BLOCKS:
        report.fault(at, f"unsupported type: {kind or 'none'}")
        return
    if not check_shape(BLOCKS[kind], value, at, report):
        return
    if kind == "section" and not value.get("text") and not value.get("fields"):
        report.fault(at, "missing required field: text")
    actions = [(e["action_id"], at) for e in elements_of(value) if isinstance(e, dict) and e.get("action_id")]
    check_unique(actions, "action_id", report)


def elements_of(block: Json) -> Iterator[Json]:
    """The interactive elements of one block."""
    found = [block.get("accessory"), block.get("element"), *(block.get("elements") or [])]
    if block.get("type") in ("section", "actions", "input"):
        yield from (e for e in found if isinstance(e, dict) and e.get("type") != "image")


def check_blocks(value: Any, at: str, most: int, report: Report, *, least: int = 0) -> None:
    """Check a list of blocks for a message or a view."""
    items(_block, most, least=least)(value, at, report)
    if isinstance(value, list):
        ids = [
            (b["block_id"], f"{at}/{i}")
            for i, b in enumerate(value)
            if isinstance(b, dict) and isinstance(b.get("block_id"), str)
        ]
        check_unique(ids, "block_id", report)


def refuse_bad_blocks(blocks: Any) -> None:
    """Raise what Slack answers when a message with these blocks is posted or updated."""
    report = Report()
    check_blocks(blocks, "/blocks", MESSAGE_BLOCKS, report)
    if report.messages:
        raise Refusal("invalid_blocks", "; ".join(report.messages), report.messages)
    if len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) > MESSAGE_CHARACTERS:
        raise Refusal("msg_blocks_too_long", f"the blocks have more than {MESSAGE_CHARACTERS} characters")
