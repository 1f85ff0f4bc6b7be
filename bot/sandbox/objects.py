"""Limits of Block Kit's composition objects: text, option, option group, confirm dialog."""

from __future__ import annotations

from typing import Any

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
    yes_or_no,
)


def text(most: int, *, plain: bool = False) -> Check:
    """A text object: never empty, `plain_text` only where Slack demands it."""

    def check(value: Any, at: str, report: Report) -> None:
        kind = type_of(value)
        if kind not in ("plain_text", "mrkdwn") or (plain and kind != "plain_text"):
            report.fault(
                at, "must be a plain_text object" if plain else "must be a plain_text or mrkdwn object"
            )
            return
        extra: dict[str, Check] = {"emoji": yes_or_no} if kind == "plain_text" else {"verbatim": yes_or_no}
        check_shape(Shape({"text": text_of(most)}, extra), value, at, report)

    return check


def option(*, mrkdwn: bool = False, url: bool = False) -> Check:
    """One choice; its value is a string of at most 75 characters."""
    optional: dict[str, Check] = {"description": text(75, plain=not mrkdwn)}
    if url:
        optional["url"] = text_of(3000)
    shape = Shape({"text": text(75, plain=not mrkdwn), "value": text_of(75)}, optional)

    def check(value: Any, at: str, report: Report) -> None:
        check_shape(shape, value, at, report)

    return check


def options(most: int, *, mrkdwn: bool = False, url: bool = False) -> Check:
    """A list of choices with different values."""
    each = items(option(mrkdwn=mrkdwn, url=url), most)

    def check(value: Any, at: str, report: Report) -> None:
        each(value, at, report)
        if isinstance(value, list):
            pairs = [(str(o.get("value")), f"{at}/{i}") for i, o in enumerate(value) if isinstance(o, dict)]
            check_unique(pairs, "value", report)

    return check


_GROUP = Shape({"label": text(75, plain=True), "options": options(100)})


def option_groups(value: Any, at: str, report: Report) -> None:
    """Up to 100 groups of choices."""

    def group(part: Any, where: str, inner: Report) -> None:
        check_shape(_GROUP, part, where, inner)

    items(group, 100)(value, at, report)


_CONFIRM = Shape(
    {
        "title": text(100, plain=True),
        "text": text(300),
        "confirm": text(30, plain=True),
        "deny": text(30, plain=True),
    },
    {"style": one_of("primary", "danger")},
)


def confirm(value: Any, at: str, report: Report) -> None:
    """The "are you sure" dialog."""
    check_shape(_CONFIRM, value, at, report)
