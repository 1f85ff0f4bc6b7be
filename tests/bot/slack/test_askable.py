"""Channels that a campaign asks in are looked up together, and whoever chose them does not wait for a slow one."""

from __future__ import annotations

import time
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack import askable

OPEN: dict[str, Any] = {"is_member": True}
HANGS = "hangs"


def obstacle(channels: dict[str, Any], *, granted: frozenset[str] = frozenset()) -> str:
    """What Slack says of each: what it knows, an error of its own or a fault; or nothing for a long time."""
    ends = Event()

    def info(*, channel: str) -> dict[str, Any]:
        said = channels[channel]
        if said == HANGS:
            ends.wait(10)
        if isinstance(said, Exception):
            raise said
        if isinstance(said, str):
            raise SlackApiError("no", {"ok": False, "error": said})
        return {"channel": said}

    quick = SimpleNamespace(conversations_info=info)
    front: Any = SimpleNamespace(directory=SimpleNamespace(quick=quick), granted=lambda: granted)
    try:
        return askable.obstacle(front, tuple(channels))
    finally:
        ends.set()


@pytest.mark.parametrize(
    ("channels", "found"),
    [
        ({}, ""),
        ({"A": OPEN, "B": OPEN}, ""),
        ({"A": OPEN, "B": {"is_member": False}}, "outside"),
        ({"A": {"is_member": True, "is_ext_shared": True}}, "shared"),
        ({"A": "channel_not_found"}, "outside"),
        ({"A": "ratelimited"}, "unsaid"),
        ({"A": TimeoutError()}, "unsaid"),
        ({"A": TimeoutError(), "B": "channel_not_found"}, "outside"),
    ],
)
def test_why_nothing_can_be_asked_in_one_of_them(channels: dict[str, Any], found: str) -> None:
    assert obstacle(channels) == found


def test_where_we_may_post_without_being_in_it_that_is_enough() -> None:
    assert obstacle({"A": {"is_member": False}}, granted=frozenset({askable.PUBLIC})) == ""


def test_all_of_them_have_one_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(askable, "SECONDS", 0.2)
    begun = time.monotonic()
    assert obstacle({f"C{number}": HANGS for number in range(9)} | {"A": OPEN}) == "unsaid"
    assert time.monotonic() - begun < 2
