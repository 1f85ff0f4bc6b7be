"""Troubles that are switched on and off on the page."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.clock import Clock
from bot.sandbox.troubles import LATE_SECONDS
from bot.sandbox.workspace import WorkspaceServer
from tests.bot.sandbox.test_page import do, fetch


def switches(server: WorkspaceServer) -> dict[str, Any]:
    shown = json.loads(fetch(f"{server.url}/ui/troubles?as=U0MIRA")[1])
    return {s["id"]: s["on"] for s in shown["switches"]}


def turn(server: WorkspaceServer, name: str, *, on: bool) -> None:
    assert do(server, "trouble", name=name, on=on)[0] == 200


def post(client: WebClient) -> int:
    try:
        return int(client.chat_postMessage(channel="C0GENERAL", text="x").status_code)
    except SlackApiError as refused:
        return int(refused.response.status_code)


def test_posts_go_wrong_until_the_switch_is_turned_back(server: WorkspaceServer, client: WebClient) -> None:
    turn(server, "limited", on=True)
    assert [post(client), post(client)] == [429, 429]
    turn(server, "broken", on=True)  # instead of it
    assert [name for name, on in switches(server).items() if on] == ["broken"]
    assert post(client) == 500
    turn(server, "lost", on=True)
    with pytest.raises(OSError):
        post(client)
    assert [m["text"] for m in server.workspace.messages("general")] == ["x"]
    turn(server, "lost", on=False)
    assert post(client) == 200
    assert not any(switches(server).values())


def test_slow_is_a_switch_of_its_own(server: WorkspaceServer, client: WebClient) -> None:
    turn(server, "slow", on=True)
    assert server.faults.delay > 0
    turn(server, "broken", on=True)
    assert switches(server)["slow"]
    turn(server, "slow", on=False)
    assert server.faults.delay == 0
    assert post(client) == 500


def test_events_come_twice_and_late(
    server: WorkspaceServer, app: App, connect: Callable[[], object], clock: Clock
) -> None:
    heard: list[str] = []

    @app.event("message")
    def note(body: dict[str, Any]) -> None:
        heard.append(body["event"]["text"])

    connect()
    mira = server.person("U0MIRA")
    turn(server, "twice", on=True)
    mira.says("dm", "one")
    server.wait_until(lambda: heard == ["one", "one"])
    turn(server, "twice", on=False)
    turn(server, "late", on=True)
    mira.says("dm", "two")
    turn(server, "late", on=False)
    clock.move(LATE_SECONDS)
    server.wait_until(lambda: heard == ["one", "one", "two"])
    mira.says("dm", "three")
    server.wait_until(lambda: heard[3:] == ["three"])
    server.wait_until(lambda: not server.pending())
    sent = json.loads(fetch(f"{server.url}/ui/traffic?as=U0MIRA")[1])["deliveries"]
    assert [
        (s["payload"]["event"]["text"], s["ok"]) for s in sent if s["payload"]["event"]["type"] == "message"
    ] == [(words, True) for words in heard]


def test_an_unknown_trouble(server: WorkspaceServer) -> None:
    status, answer = do(server, "trouble", name="rain", on=True)
    assert (status, "no trouble 'rain'" in answer["problem"]) == (400, True)
