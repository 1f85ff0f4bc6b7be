"""A whole message or view, made to fit: what is too much is left out here, never in the register."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.markup import Mrkdwn, cut_markup, escaped
from bot.slack.blocks import BLANK, TITLE, Block, context, plain
from bot.slack.ids import View
from bot.words import Words

TEXT, MESSAGE_BLOCKS, VIEW_BLOCKS = 3900, 50, 100
MESSAGE_CHARACTERS = 12_000
"""Slack documents no limit for all blocks together; around 13,200 characters it refuses them."""

VIEW_BYTES = 200_000
"""As it is sent, where every sign beyond ASCII takes six; Slack refuses views from about 250,000 on."""
Size = Callable[[Block], int]
_STEPS = (1500, 800, 400, 200, 100)


@dataclass(frozen=True)
class Message:
    """`text` is what notifications show and screen readers read, so it is a full sentence."""

    text: str
    blocks: list[Block] = field(default_factory=list)


def message(words: Words, text: str, blocks: Iterable[Block | None] = ()) -> Message:
    ours = text if isinstance(text, Mrkdwn) else escaped(text)
    drawn = [block for block in blocks if block is not None]
    return Message(
        text=cut_markup(ours, TEXT) or BLANK,
        blocks=fitted(words, drawn, MESSAGE_BLOCKS, MESSAGE_CHARACTERS, _shown),
    )


def modal(
    words: Words,
    view: View,
    title: str,
    blocks: Iterable[Block | None],
    *,
    submit: str = "",
    about: str = "",
) -> dict[str, Any]:
    """`about` comes back as `private_metadata`: ids only."""
    drawn = [block for block in blocks if block is not None]
    shown: dict[str, Any] = {
        "type": "modal",
        "callback_id": view.value,
        "title": plain(title, TITLE),
        "close": plain(words.label("button.close"), TITLE),
        "blocks": view_blocks(words, drawn),
        "private_metadata": about,
    }
    return shown | ({"submit": plain(submit, TITLE)} if submit else {})


def view_blocks(words: Words, blocks: Sequence[Block]) -> list[Block]:
    """What fits into a window or a Home."""
    return fitted(words, blocks, VIEW_BLOCKS, VIEW_BYTES, _sent)


def fitted(words: Words, blocks: Sequence[Block], most: int, largest: int, size: Size) -> list[Block]:
    """The blocks as they are, or shortened step by step, longest texts first, with a line that says so."""
    fit = list(blocks)
    if len(fit) <= most and sum(map(size, fit)) <= largest:
        return fit
    room = largest - 300
    for longest in _STEPS:
        fit = [_shorter(block, longest) for block in fit]
        if sum(map(size, fit)) <= room:
            break
    fit = _fewer(fit, most - 1, room, size)
    return [*fit, context(words.line("cut"))]


def _fewer(blocks: list[Block], most: int, room: int, size: Size) -> list[Block]:
    """Without as many plain paragraphs as it takes, from the last; what can be pressed or filled in goes last."""
    sizes = [size(block) for block in blocks]
    kept, left = set(range(len(blocks))), sum(sizes)
    for droppable in (_is_paragraph, _is_row, _is_no_field, lambda block: True):
        for number in reversed(range(len(blocks))):
            if len(kept) <= most and left <= room:
                return [blocks[number] for number in sorted(kept)]
            if number in kept and droppable(blocks[number]):
                kept.remove(number)
                left -= sizes[number]
    return [blocks[number] for number in sorted(kept)]


def _is_paragraph(block: Block) -> bool:
    kind: str = block["type"]
    return kind in ("section", "context", "divider") and "accessory" not in block


def _is_no_field(block: Block) -> bool:
    """Fields stay longest: what a form has no room for is asked in its thread afterwards."""
    kind: str = block["type"]
    return kind != "input"


def _is_row(block: Block) -> bool:
    kind: str = block["type"]
    return kind == "section"


def _shorter(block: Block, longest: int) -> Block:
    if block["type"] == "section":
        return block | {"text": _cut(block["text"], longest)}
    if block["type"] == "context":
        return block | {"elements": [_cut(part, longest) for part in block["elements"]]}
    return block


def _cut(text: Block, longest: int) -> Block:
    return text | {"text": cut_markup(Mrkdwn(text["text"]), longest)}


def _shown(block: Block) -> int:
    """In characters, with the comma behind it."""
    return len(json.dumps(block, ensure_ascii=False, separators=(",", ":"))) + 1


def _sent(block: Block) -> int:
    """In bytes, with the comma behind it."""
    return len(json.dumps(block)) + 2
