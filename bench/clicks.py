"""A click, from the arriving request to the acknowledgement, against a listener of Bolt that does nothing."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App, BoltRequest
from slack_sdk import WebClient

from bench.house import SECRET, House, answered, over_http, over_socket, signed
from bench.rounds import Once, aim, heading, in_turns, milliseconds
from bot.slack.app import ANY
from bot.slack.web import EVENTS, WebDoor
from store import ledger

AIM = 4.0
TIMES = 20
SERVED, HTTP, SOCKET = "HTTP, served", "HTTP, in process", "Socket Mode, in process"
PARTS = {
    "load": "read the case",
    "decide": "decide",
    "save": "save it",
    "_seal": "seal the trail",
    "owe": "owe messages",
}


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
    heading("A click stored and acknowledged, against a no-op listener (SQLite with synchronous=FULL)")
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder, ExitStack() as after:
        house = House(Path(folder))
        after.callback(house.close)
        apps = {"no-op": no_op(house.front.client), "our click": house.app}
        things: dict[str, Once] = {}
        for name, app in apps.items():
            things[f"{SERVED}: {name}"] = _click(house, _served(app, house, after))
            things[f"{HTTP}: {name}"] = _click(house, _dispatched(app, over_http))
            things[f"{SOCKET}: {name}"] = _click(house, _dispatched(app, over_socket))
        found = in_turns(things, rounds=rounds, times=TIMES)
        for name, taken in found.items():
            print(f"{name:<34} {milliseconds(taken.typical)}   p95 {milliseconds(taken.slow)}")
        for way in (SERVED, HTTP, SOCKET):
            ratio = found[f"{way}: our click"].typical / found[f"{way}: no-op"].typical
            if way == SERVED:
                aim(f"{way}: our click / no-op", ratio, AIM)
            else:
                print(f"{way}: our click / no-op: {ratio:.2f} (nothing but Bolt below it)")
        _print_parts(house, rounds)


Send = Callable[[dict[str, Any]], object]


def _click(house: House, send: Send) -> Once:
    def once() -> float:
        payload = house.next_press()
        begun = time.perf_counter()
        send(payload)
        return time.perf_counter() - begun

    return once


def _dispatched(app: App, wrap: Callable[[dict[str, Any]], BoltRequest]) -> Send:
    """Straight into Bolt, without a network."""
    return lambda payload: answered(app, wrap(payload))


def _served(app: App, house: House, after: ExitStack) -> Send:
    """As Slack would call: one kept connection to the same server that `steward slack` opens."""
    door = WebDoor(app, house.store, secret=SECRET, port=0, host="127.0.0.1")
    door.start()
    after.callback(door.stop)
    caller = HTTPConnection("127.0.0.1", door.port)
    after.callback(caller.close)

    def send(payload: dict[str, Any]) -> None:
        body, headers = signed(payload)
        caller.request("POST", EVENTS, body=body, headers=headers)
        response = caller.getresponse()
        response.read()
        if response.status != 200:
            raise AssertionError(f"not acknowledged: {response.status}")

    return send


def _print_parts(house: House, rounds: int) -> None:
    """Where the time of a click goes: the ledger's own steps, each with a stop-watch around it."""
    taken: dict[str, list[float]] = {name: [] for name in PARTS}
    with ExitStack() as undo:
        for name in taken:
            undo.enter_context(_watched(name, taken[name]))
        whole, everything = [], _click(house, _dispatched(house.app, over_socket))
        for _ in range(rounds * TIMES):
            before = {name: len(times) for name, times in taken.items()}
            whole.append(everything())
            for name, times in taken.items():
                del times[before[name] : -1]  # all but the measured press itself: what led up to it
    middle = {name: statistics.median(times) for name, times in taken.items()}
    click = statistics.median(whole)
    print("\nOf one click over Socket Mode, with a stop-watch around each step:")
    for name, words in PARTS.items():
        print(f"  {words:<28} {milliseconds(middle[name])}")
    print(
        f"  {'begin and commit, Bolt, rest':<28} {milliseconds(click - sum(middle[name] for name in PARTS))}"
    )


@contextmanager
def _watched(name: str, times: list[float]) -> Iterator[None]:
    step = getattr(ledger, name)

    def watched(*given: Any) -> Any:
        begun = time.perf_counter()
        try:
            return step(*given)
        finally:
            times.append(time.perf_counter() - begun)

    setattr(ledger, name, watched)
    try:
        yield
    finally:
        setattr(ledger, name, step)
