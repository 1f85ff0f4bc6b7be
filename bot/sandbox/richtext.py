"""Limits of rich text: sections, lists, quotes, preformatted text, and the pieces in them."""

from __future__ import annotations

from typing import Any

from bot.sandbox.fields import Items, Kinds, OneOf, Row, Shape, Text, Whole
from bot.sandbox.objects import ID, URL, YES_OR_NO

_STYLE: dict[str, Row] = {
    "style": Shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), YES_OR_NO))
}


def has_http(value: Any) -> tuple[str, str] | None:
    """A link leads somewhere that Slack opens."""
    fine = str(value["url"]).startswith(("http://", "https://", "mailto:", "slack://"))
    return None if fine else ("/url", "must be a URL")


_PIECES = Kinds(
    {
        "text": Shape({"text": Text(None)}, _STYLE),
        "link": Shape({"url": URL}, _STYLE | {"text": Text(None), "unsafe": YES_OR_NO}, (has_http,)),
        "user": Shape({"user_id": ID}, _STYLE),
        "channel": Shape({"channel_id": ID}, _STYLE),
        "usergroup": Shape({"usergroup_id": ID}, _STYLE),
        "emoji": Shape({"name": ID}, _STYLE | {"unicode": ID, "skin_tone": Whole(2, 6)}),
        "broadcast": Shape({"range": OneOf(("here", "channel", "everyone"))}, _STYLE),
        "date": Shape({"timestamp": Whole(0), "format": ID}, _STYLE | {"url": URL, "fallback": Text(None)}),
        "color": Shape({"value": Text(None)}, _STYLE),
    }
)
_WORDS: dict[str, Row] = {"elements": Items(_PIECES, least=0)}
_BORDER: dict[str, Row] = {"border": Whole(0)}
_SECTION = Shape(_WORDS)
_PARTS = Kinds(
    {
        "rich_text_section": _SECTION,
        "rich_text_preformatted": Shape(_WORDS, _BORDER),
        "rich_text_quote": Shape(_WORDS, _BORDER),
        "rich_text_list": Shape(
            {
                "elements": Items(Kinds({"rich_text_section": _SECTION})),
                "style": OneOf(("bullet", "ordered")),
            },
            {"indent": Whole(0), "offset": Whole(0)} | _BORDER,
        ),
    }
)
RICH_TEXT: dict[str, Row] = {"elements": Items(_PARTS)}
