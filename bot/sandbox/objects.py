"""Limits of Block Kit's composition objects: text, option, confirm dialog, filters, files, dispatching."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.fields import Items, OneOf, Report, Row, Shape, Text, YesOrNo, type_of

YES_OR_NO = YesOrNo()
ID = Text(255)
URL = Text(3000)


FLAGS: dict[str, dict[str, Row]] = {
    "plain_text": {"emoji": YES_OR_NO},
    "mrkdwn": {"verbatim": YES_OR_NO},
}


@dataclass(frozen=True, eq=False)
class TextObject(Row):
    """A text object, never empty; `plain_text` only where Slack demands it."""

    words: Text
    plain: bool

    def check(self, value: Any, at: str, report: Report) -> None:
        kind = type_of(value)
        if kind == "plain_text" or (kind == "mrkdwn" and not self.plain):
            Shape({"text": self.words}, FLAGS[kind]).check(value, at, report)
        else:
            what = "must be a plain_text object" if self.plain else "must be a plain_text or mrkdwn object"
            report.fault(at, what, self, "kind")

    def limits(self) -> Iterator[str]:
        yield "kind"

    def rows(self) -> Iterator[tuple[str, Row]]:
        yield "text", self.words


def plain(most: int) -> TextObject:
    """A plain_text object of so many characters."""
    return TextObject(Text(most), plain=True)


def text(most: int) -> TextObject:
    """A plain_text or mrkdwn object of so many characters."""
    return TextObject(Text(most), plain=False)


_VALUE = Text(75)
OPTION = Shape({"text": plain(75), "value": _VALUE}, {"description": plain(75)})
MARKED_OPTION = Shape({"text": text(75), "value": _VALUE}, {"description": text(75)})
LINKED_OPTION = Shape({"text": plain(75), "value": _VALUE}, {"description": plain(75), "url": URL})
OPTIONS = Items(OPTION, 100, unique="value")
GROUP = Shape({"label": plain(75), "options": OPTIONS})
GROUPS = Items(GROUP, 100)

CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": OneOf(("primary", "danger"))},
)
DISPATCHING = Shape(
    {"trigger_actions_on": Items(OneOf(("on_enter_pressed", "on_character_entered")), 2)},
)


def says_something(value: Any) -> tuple[str, str] | None:
    """A filter has to filter."""
    return None if set(value) - {"type"} else ("", "must have at least one field")


FILTER = Shape(
    {},
    {
        "include": Items(OneOf(("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": YES_OR_NO,
        "exclude_bot_users": YES_OR_NO,
    },
    (says_something,),
)


def id_or_url(value: Any) -> tuple[str, str] | None:
    """A file of Slack's is named in one way."""
    return None if ("id" in value) != ("url" in value) else ("", "must have either id or url")


def one_source(value: Any) -> tuple[str, str] | None:
    """An image comes from one place."""
    one = ("image_url" in value) != ("slack_file" in value)
    return None if one else ("", "must have either image_url or slack_file")


SOURCE: dict[str, Row] = {
    "image_url": URL,
    "slack_file": Shape({}, {"id": ID, "url": URL}, (id_or_url,)),
}
ALT = Text(2000)
