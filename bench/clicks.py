"""A click, from the arriving request to the acknowledgement, against a listener of Bolt that does nothing."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App, BoltRequest
from slack_sdk import WebClient

from bench.house import SECRET, House, answered, over_http, over_socket
from bench.rounds import Once, aim, heading, in_turns, milliseconds
from bot.slack.app import ANY

AIM = 4.0


def no_op(client: WebClient) -> App:
    """The same settings as ours, one listener, and nothing in it."""
    app = App(
        client=client,
        signing_secret=SECRET,
        process_before_response=True,
        token_verification_enabled=False,
        raise_error_for_unhandled_request=True,
        ignoring_self_events_enabled=False,
    )

    @app.action(ANY)
    def press(ack: Ack, body: dict[str, Any]) -> None:
        ack()

    return app


def run(rounds: int) -> None:
    heading(
        "A click stored and acknowledged, against a no-op listener (in process, SQLite with synchronous=FULL)"
    )
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder:
        house = House(Path(folder))
        idle = no_op(house.front.client)
        ways: dict[str, Callable[[dict[str, Any]], BoltRequest]] = {
            "HTTP": over_http,
            "Socket Mode": over_socket,
        }
        things: dict[str, Once] = {}
        for way, wrap in ways.items():
            things[f"{way}: no-op"] = _click(idle, house, wrap)
            things[f"{way}: our click"] = _click(house.app, house, wrap)
        found = in_turns(things, rounds=rounds, times=20)
        for name, taken in found.items():
            print(f"{name:<24} {milliseconds(taken.typical)}   p95 {milliseconds(taken.slow)}")
        for way in ways:
            ratio = found[f"{way}: our click"].typical / found[f"{way}: no-op"].typical
            aim(f"{way}: our click / no-op", ratio, AIM)
        house.close()


def _click(app: App, house: House, wrap: Callable[[dict[str, Any]], BoltRequest]) -> Once:
    def once() -> float:
        payload = house.next_press()
        begun = time.perf_counter()
        answered(app, wrap(payload))
        return time.perf_counter() - begun

    return once
