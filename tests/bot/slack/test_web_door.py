"""The HTTP door: what Slack did not sign reaches nobody, and what cannot be read is refused without a fuss."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import socket
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from sqlmodel import func, select

from bot.finding import Unreachable
from bot.slack.app import build
from bot.slack.web import EVENTS, HEALTH, MOST_BYTES, WebDoor
from store.tables import InboxRow
from tests.databases import Databases
from tests.slack_world import ANA, SECRET, TEAM, World

PRESS = json.dumps({"type": "block_actions", "user": {"id": ANA, "team_id": TEAM}, "actions": [{}]}).encode()


@pytest.fixture
def world(sqlite_databases: Databases) -> Iterator[World]:
    made = World(sqlite_databases.copy(), by_http=True)
    try:
        yield made.open()
    finally:
        made.close()


def signature(body: bytes, moment: str) -> str:
    return "v0=" + hmac.new(SECRET.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()


def post(world: World, body: bytes, **headers: str) -> int:
    """Signed as Slack does it, unless a header says something else."""
    moment = headers.get("moment", str(int(time.time())))
    asked = {
        "Content-Type": headers.get("kind", "application/json"),
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": headers.get("signature") or signature(body, moment),
    }
    caller = HTTPConnection("127.0.0.1", world.port, timeout=10)
    try:
        caller.request("POST", EVENTS, body, asked)
        return caller.getresponse().status
    finally:
        caller.close()


def told(world: World) -> list[str]:
    return [call["method"] for call in world.server.calls if call["method"].startswith("chat.")]


def arrived(world: World) -> int:
    with world.store.read() as session:
        return session.exec(select(func.count()).select_from(InboxRow)).one()


def event(text: str, **more: Any) -> bytes:
    said = {
        "type": "message",
        "channel_type": "im",
        "channel": "D0ODD",
        "user": ANA,
        "ts": "1.1",
        "text": text,
    }
    told = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": said}
    return json.dumps(told | more).encode()


@pytest.mark.parametrize(
    "headers",
    [
        {"moment": "abc", "signature": "x"},
        {"moment": "", "signature": "v0=" + "0" * 64},
        {"moment": "-1"},
        {"moment": "nan"},
        {"moment": "9" * 400},
        {"moment": "1"},
        {"moment": "\u00b2"},
        {"signature": "v0=\u00e9"},
        {"signature": "v0=" + "0" * 64},
        {"signature": "v0=" + "0" * 64 + "\u00e9"},
    ],
    ids=str,
)
def test_what_slack_did_not_sign_reaches_nobody(
    world: World, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    before = told(world)
    assert post(world, PRESS, **headers) == 401
    assert post(world, event("I want to use Otter"), **headers) == 401
    assert (told(world), arrived(world)) == (before, 0)
    ours = [r for r in caplog.records if r.name.startswith("bot.")]
    assert [r.getMessage() for r in ours if r.levelno >= logging.WARNING] == [
        "A request without Slack's signature was refused"
    ] * 2
    assert not any(record.exc_info for record in caplog.records)


def test_a_check_of_the_certificate_is_no_way_around_the_signature(world: World) -> None:
    assert post(world, event("I want to use Otter", ssl_check="1"), moment="1") == 401
    assert arrived(world) == 0


@pytest.mark.parametrize(
    "body",
    [b"{bad", b"[1, 2]", b'"x"', b"null", b"[" * 5_000, b'{"a":' * 5_000],
    ids=lambda b: b[:8].decode(),
)
def test_what_cannot_be_read_is_refused_without_a_trace(
    world: World, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    assert post(world, body) == 400
    assert not any(record.exc_info for record in caplog.records)


def test_bytes_that_are_no_text_are_refused(world: World) -> None:
    assert post(world, b"\xff\xfe\xfa") == 401


def test_more_than_slack_ever_sends_is_not_taken_in(world: World) -> None:
    """Refused by what it says of itself, before a byte of it is read."""
    caller = HTTPConnection("127.0.0.1", world.port, timeout=10)
    try:
        caller.putrequest("POST", EVENTS)
        caller.putheader("Content-Length", str(MOST_BYTES + 1))
        caller.endheaders()
        assert caller.getresponse().status == 413
    finally:
        caller.close()


def test_only_the_two_addresses_answer(world: World) -> None:
    def get(path: str) -> int:
        caller = HTTPConnection("127.0.0.1", world.port, timeout=10)
        try:
            caller.request("GET", path)
            return caller.getresponse().status
        finally:
            caller.close()

    assert [get(HEALTH), get(EVENTS), get("/"), get("/%2e%2e/etc")] == [200, 404, 404, 404]


def test_half_a_character_and_nul_are_taken_in_as_a_sign_of_their_own(world: World) -> None:
    body = event("x").replace(b'"x"', b'"Otter \\ud83d and \\u0000 notes"')
    assert post(world, body) == 200
    with world.store.read() as session:
        (row,) = session.exec(select(InboxRow))
    assert row.payload["event"]["text"] == "Otter \ufffd and \ufffd notes"


def test_behind_another_door_too_nobody_is_told_of_what_slack_did_not_sign(world: World) -> None:
    """The verifier of the SDK raises on this moment, and Bolt hands whatever is raised to our handler."""
    app = build(world.bot.front, world.bot.client, SECRET, lambda: None)
    before = told(world)
    headers: dict[str, str | Sequence[str]] = {"x-slack-request-timestamp": "abc", "x-slack-signature": "x"}
    answer = app.dispatch(BoltRequest(body=PRESS.decode(), headers=headers))
    assert answer.status == 500
    assert told(world) == before


def test_who_pressed_is_told_when_their_press_broke_something(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.pressed.pressed", _breaks)
    before = len(told(world))
    press = {**json.loads(PRESS), "actions": [{"action_id": "help", "block_id": "b"}]}
    assert post(world, json.dumps(press).encode()) == 500
    assert told(world)[before:] == ["chat.postMessage"]


def _breaks(*_: object) -> None:
    raise RuntimeError("something of ours")


@pytest.mark.parametrize(
    "odd",
    [
        {"type": "block_actions", "actions": [{}]},
        {"type": "block_actions", "actions": {"action_id": 7}},
        {"type": "view_submission", "view": {"type": "modal"}},
        {"type": "view_submission", "view": ["form"]},
        {"type": "shortcut"},
        {"type": "something_new"},
    ],
    ids=str,
)
def test_who_pressed_hears_that_nothing_came_of_what_is_damaged(world: World, odd: dict[str, Any]) -> None:
    before = len(told(world))
    assert post(world, json.dumps({"user": {"id": ANA, "team_id": TEAM}, **odd}).encode()) == 200
    world.settle()
    assert told(world)[before:] == ["chat.postMessage"]


def test_an_event_without_a_name_is_let_go(world: World) -> None:
    assert post(world, event("I want to use Otter", event_id=None)) == 200
    assert arrived(world) == 0


def test_a_door_that_is_closed_while_it_waits_ends_in_silence(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = App(token="xoxb-x", signing_secret="s", token_verification_enabled=False)
    door = WebDoor(app, world.store, secret="s", port=0)
    monkeypatch.setattr(door._server, "run", _wait_on_a_closed_socket)
    with pytest.raises(OSError, match="Bad file"):
        door._serve()
    door._stopping = True
    door._serve()
    door._server.close()


def _wait_on_a_closed_socket() -> None:
    raise OSError(9, "Bad file descriptor")


def test_a_port_that_is_taken_is_said(world: World) -> None:
    with pytest.raises(Unreachable, match=f"Port {world.port} cannot be opened.*Set PORT to a free one"):
        WebDoor(
            App(token="xoxb-1", signing_secret=SECRET, token_verification_enabled=False),
            world.store,
            secret=SECRET,
            port=world.port,
        )


def test_many_who_open_the_door_and_say_nothing_do_not_hold_it_shut(world: World) -> None:
    """More than the server would take by default; each sends half of what it has to say."""
    idle = [socket.create_connection(("127.0.0.1", world.port), timeout=10) for _ in range(130)]
    try:
        for each in idle:
            each.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Slack-")
        assert post(world, event("Hello?")) == 200
        caller = HTTPConnection("127.0.0.1", world.port, timeout=10)
        caller.request("GET", HEALTH)
        assert caller.getresponse().status == 200
        caller.close()
    finally:
        for each in idle:
            each.close()
