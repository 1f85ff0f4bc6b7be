"""The text of an organisation's own rules as it was written, and an example of it; always data, never markup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bot.markup import Mrkdwn, clean
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from triage.own import EMPTY

PIECE, PART_BYTES = 2500, 120_000
"""Characters of one block, and of one window as they are sent, where many signs take six bytes and more."""
EXAMPLE = """\
rules:
  - id: own-internal-papers
    level: 3
    when: {question: data, contains: internal}
    because: Internal papers are looked at twice here.
    source: Our AI policy, section 2
    examples:
      - fires: Minutes of a meeting
        given: {data: [internal]}
        misses: A press release
        but: {data: [public]}
"""


def rules_text_view(voice: Voice, text: str, press: Press, amended: Mrkdwn) -> dict[str, Any]:
    """`press.turn` is the part of a text that is too long for one window; `amended`, what differs, is on the first."""
    words, parts = voice.words, tuple(_parts(text))
    number = min(max(press.turn, 0), len(parts) - 1)
    digest = press.case[:12]
    if text.strip() == EMPTY:
        shown = [b.section(words.line("rules.takes_back", digest=digest)), *b.sections(amended)]
        return modal(words, View.NOTE, words.label("modal.rules"), shown)
    drawn = [] if number else b.sections(amended)
    drawn += [b.section(words.line("rules.as_written", digest=digest)), *map(verbatim, parts[number])]
    if len(parts) > 1:
        drawn.append(b.context(words.line("rules.part", part=number + 1, parts=len(parts))))
        onward = press._replace(turn=(number + 1) % len(parts))
        drawn.append(
            b.actions([b.button(Action.SHOW_RULES, words.label("button.next_part"), to_value(onward))])
        )
    return modal(words, View.NOTE, words.label("modal.rules"), drawn)


def verbatim(text: str) -> b.Block:
    """With its spaces and lines, in letters of one width; here Slack reads no markup."""
    said = {"type": "text", "text": clean(text).rstrip("\n") or " "}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [said]}]}


def _parts(text: str) -> Iterator[list[str]]:
    """Pieces, as many together as one window takes."""
    part: list[str] = []
    taken = 0
    for piece in _pieces(text):
        size = len(json.dumps(piece))
        if part and taken + size > PART_BYTES:
            yield part
            part, taken = [], 0
        part.append(piece)
        taken += size
    yield part or [""]


def _pieces(text: str) -> Iterator[str]:
    """Broken between lines, and within them only where one alone is too long."""
    piece = ""
    for line in text.splitlines(keepends=True):
        if piece and len(piece) + len(line) > PIECE:
            yield piece
            piece = ""
        while len(line) > PIECE:
            yield line[:PIECE]
            line = line[PIECE:]
        piece += line
    if piece:
        yield piece
