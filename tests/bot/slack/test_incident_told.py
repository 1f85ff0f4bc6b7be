"""What an incident's card and reminder say of a use that was stopped, and of clocks while nothing is assessed."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack.message import Message
from tests.bot.slack.incidents import incidents


def said(name: str) -> str:
    drawn: Any = incidents(str)[name]
    assert isinstance(drawn, Message)
    texts = [block["text"]["text"] for block in drawn.blocks if block["type"] == "section"]
    return "\n".join(texts)


def test_a_use_that_was_decided_since_is_told_as_it_is_now() -> None:
    assert "is suspended until it is decided anew" in said("incident_stopped")
    shown = said("incident_stopped_decided")
    assert "The use was suspended; since then: *declined*." in shown
    assert "until it is decided anew" not in shown


def test_what_became_of_a_use_that_only_its_readers_see_is_not_told() -> None:
    shown = said("incident_stopped_decided_close")
    assert "that has been settled since" in shown
    assert "declined" not in shown


@pytest.mark.parametrize(
    ("name", "full", "counted"), [("incident_reminded_fresh", 1, True), ("incident_reminded", 3, False)]
)
def test_a_reminder_fits_a_phone(name: str, full: int, counted: bool) -> None:
    shown = said(name)
    assert shown.count("• ") <= full
    assert ("more of its clocks" in shown) == counted


def test_whoever_cannot_open_the_rest_reads_all_of_it() -> None:
    shown = said("incident_reminded_close")
    assert shown.count("• ") == 4
    assert "Details" not in shown
