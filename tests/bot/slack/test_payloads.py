"""Slack's payloads in our own terms: words as they were typed, whatever was typed."""

from __future__ import annotations

import json

import pytest

from bot.slack.payloads import plain
from bot.slack.shape import fitting


@pytest.mark.parametrize(
    ("told", "typed"),
    [
        ("see <https://a.example/x?a=1&amp;b=2>", "see https://a.example/x?a=1&b=2"),
        ("<http://a.example|a.example>", "a.example"),
        ("<https://a.example|the page>", "the page (https://a.example)"),
        ("<mailto:ana@a.example|ana@a.example>", "ana@a.example"),
        ("<https://a <https://b.example>", "<https://a https://b.example"),
        ("&lt;https://a.example&gt;", "<https://a.example>"),
    ],
)
def test_a_link_is_what_was_typed(told: str, typed: str) -> None:
    assert plain(told) == typed


@pytest.mark.parametrize("piece", ["<http://", "<mailto:", "<http://a|", "<http://a|b", "<", "&lt;http://"])
def test_a_long_text_is_read_in_one_go(piece: str) -> None:
    """Hours, if every `<` looked on to the end of the text."""
    assert plain(piece * 100_000).count("http" if "http" in piece else piece[:1]) > 0


def test_what_cannot_be_stored_gets_a_sign_of_its_own() -> None:
    told = {"a\ud83d": ["x\udc00y", {"b": "\x00"}], "n": 1, "none": None, "emoji": "🙂"}
    assert fitting(told) == {"a\ufffd": ["x\ufffdy", {"b": "\ufffd"}], "n": 1, "none": None, "emoji": "🙂"}


@pytest.mark.parametrize("odd", [None, 7, True, [], {}, ["x"], {"id": 7}], ids=repr)
def test_what_is_of_another_kind_is_left_out(odd: object) -> None:
    """Whoever reads a payload behind the door meets words where words belong, or nothing."""
    pressed = {"type": "block_actions", "trigger_id": odd, "actions": [{"action_id": odd, "value": odd}, odd]}
    said = {
        "type": "event_callback",
        "event": {"type": "message", "text": odd, "ts": odd, "thread_ts": "soon"},
    }
    assert fitting(pressed)["actions"][0] == {}
    assert set(fitting(pressed)) == {"type", "actions"}
    assert fitting(said)["event"] == {"type": "message"}


def test_what_is_nested_without_end_is_left_out() -> None:
    deep: dict[str, object] = {}
    for _ in range(5_000):
        deep = {"more": deep}
    assert json.dumps(fitting(deep)).count("more") < 100


@pytest.mark.parametrize("beside", [{"command": "/steward"}, {"event": {"type": "message"}}, {}], ids=repr)
def test_what_is_of_another_kind_stays_out_whatever_stands_beside_it(beside: dict[str, object]) -> None:
    """Bolt reads a view in whatever names itself a view's submission."""
    view = {"callback_id": [], "state": {"values": {"b": {"a": None}}}}
    held = fitting({"type": "view_submission", "view": view} | beside)
    assert held["view"] == {"state": {"values": {"b": {}}}}
