"""Limits of Block Kit's blocks, and which of them may stand in a message, a modal or on the Home tab."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.sandbox.elements import IMAGE, IN_ACTIONS, IN_INPUT, IN_MODAL_INPUT, IN_SECTION
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.fields import Items, Kinds, OneOf, Report, Row, Shape, Text
from bot.sandbox.objects import ALT, FLAGS, ID, SOURCE, YES_OR_NO, one_source, plain, text
from bot.sandbox.richtext import RICH_TEXT

MESSAGE_CHARACTERS, MARKDOWN_CHARACTERS, TABLE_CHARACTERS = 13_200, 12_000, 10_000
Fault = tuple[str, str] | None


def text_or_fields(block: Any) -> Fault:
    """A section says something."""
    return None if "text" in block or "fields" in block else ("", "missing required field: text")


def one_table(blocks: Any) -> Fault:
    """A message has one table."""
    tables = [number for number, block in enumerate(blocks) if block["type"] == "table"]
    return (f"/{tables[1]}", "only one table is allowed") if len(tables) > 1 else None


def markdown_together(blocks: Any) -> Fault:
    """All markdown blocks share one limit."""
    texts = [(number, block["text"]) for number, block in enumerate(blocks) if block["type"] == "markdown"]
    if sum(len(words) for _, words in texts) > MARKDOWN_CHARACTERS:
        return (
            f"/{texts[-1][0]}/text",
            f"all markdown together has more than {MARKDOWN_CHARACTERS} characters",
        )
    return None


def one_focus(blocks: Any) -> Fault:
    """Only one field can have the cursor when a view opens."""
    focused = [n for n, block in enumerate(blocks) for e in elements_of(block) if e.get("focus_on_load")]
    return (f"/{focused[1]}", "only one element can have focus_on_load") if len(focused) > 1 else None


def cells_together(block: Any) -> Fault:
    """A table holds so many characters."""
    long = _characters(block["rows"]) > TABLE_CHARACTERS
    return ("/rows", f"more than {TABLE_CHARACTERS} characters") if long else None


def _characters(part: Any) -> int:
    if isinstance(part, list):
        return sum(map(_characters, part))
    if isinstance(part, dict):
        return sum(len(v) if n == "text" and isinstance(v, str) else _characters(v) for n, v in part.items())
    return 0


_NAMED: dict[str, Row] = {"block_id": ID}
_CELL = Kinds(
    {
        "raw_text": Shape({"text": Text(None)}),
        "rich_text": Shape(RICH_TEXT, _NAMED),
    }
)
_COLUMN = Shape({}, {"align": OneOf(("left", "center", "right")), "is_wrapped": YES_OR_NO})
_BESIDE: dict[str, Row] = {"text": Text(3000)}
_CONTEXT_PART = Kinds({"image": IMAGE} | {kind: Shape(_BESIDE, flags) for kind, flags in FLAGS.items()})
_LABEL, _HINT = plain(2000), plain(2000)


def _input(element: Row) -> Shape:
    more: dict[str, Row] = {"hint": _HINT, "optional": YES_OR_NO, "dispatch_action": YES_OR_NO}
    return Shape({"label": _LABEL, "element": element}, _NAMED | more)


_EVERYWHERE: dict[str, Row] = {
    "section": Shape(
        {},
        _NAMED
        | {"text": text(3000), "fields": Items(text(2000), 10), "accessory": IN_SECTION, "expand": YES_OR_NO},
        (text_or_fields,),
    ),
    "header": Shape({"text": plain(150)}, _NAMED),
    "context": Shape({"elements": Items(_CONTEXT_PART, 10)}, _NAMED),
    "actions": Shape({"elements": Items(IN_ACTIONS, 25, unique="action_id")}, _NAMED),
    "divider": Shape({}, _NAMED),
    "image": Shape({"alt_text": ALT}, _NAMED | SOURCE | {"title": plain(2000)}, (one_source,)),
    "rich_text": Shape(RICH_TEXT, _NAMED),
}
_INPUT = _input(IN_INPUT)
_MESSAGES_ONLY: dict[str, Row] = {
    "input": _INPUT,
    "markdown": Shape({"text": Text(MARKDOWN_CHARACTERS)}, _NAMED),
    "table": Shape(
        {"rows": Items(Items(_CELL, 20), 100)},
        _NAMED | {"column_settings": Items(_COLUMN, 20)},
        (cells_together,),
    ),
}


def _blocks(kinds: dict[str, Row], most: int, *rules: Any, least: int = 1) -> Items:
    return Items(Kinds(_EVERYWHERE | kinds), most, least, unique="block_id", rules=rules)


MESSAGE = _blocks(_MESSAGES_ONLY, 50, one_table, markdown_together, least=0)
MODAL = _blocks({"input": _input(IN_MODAL_INPUT)}, 100, one_focus)
HOME = _blocks({"input": _INPUT}, 100, one_focus)


def elements_of(block: Json) -> Iterator[Json]:
    """The interactive elements of one block."""
    found = [block.get("accessory"), block.get("element"), *(block.get("elements") or [])]
    if block.get("type") in ("section", "actions", "input"):
        yield from (e for e in found if isinstance(e, dict) and e.get("type") != "image")


def refuse_bad_blocks(blocks: Any) -> None:
    """Raise what Slack answers when a message with these blocks is posted or updated."""
    report = Report()
    MESSAGE.check(blocks, "/blocks", report)
    if report.messages:
        raise Refusal("invalid_blocks", "; ".join(report.messages), report.messages)
    if len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) > MESSAGE_CHARACTERS:
        raise Refusal("msg_blocks_too_long", f"the blocks have more than {MESSAGE_CHARACTERS} characters")
