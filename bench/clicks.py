"""A click, from the arriving request to the acknowledgement, against all that cannot be done without."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from waitress import create_server

from bench.floor import Floor, writes_of
from bench.house import SECRET, House, answered, over_http, over_socket, signed
from bench.line import Line
from bench.rounds import Measured, Once, aim, heading, in_turns, milliseconds, row
from bot.slack.app import ANY
from bot.slack.web import EVENTS, THREADS, WebDoor
from store import ledger

AIM, AIM_STORED = 4.0, 1.3
TIMES = 40
HTTP, SOCKET = "HTTP", "Socket Mode"
BARE, NO_OP, STORED, OURS = "bare", "no-op", "no-op + its rows", "our click"
WHAT = {
    (HTTP, BARE): "the signature checked, nothing else",
    (SOCKET, BARE): "the envelope acknowledged, without Bolt",
}
PARTS = {
    "decide": "decide",
    "save": "save it",
    "_seal": "seal the trail",
    "owe": "owe messages",
}
Send = Callable[[dict[str, Any]], object]


def app_that(client: WebClient, work: Callable[[], object]) -> App:
    """The same settings as ours and one listener, which acknowledges after `work`."""
    app = App(
        name="bench",
        client=client,
        signing_secret=SECRET,
        process_before_response=True,
        token_verification_enabled=False,
        raise_error_for_unhandled_request=True,
        ignoring_self_events_enabled=False,
    )

    @app.action(ANY)
    def press(ack: Ack, body: dict[str, Any]) -> None:
        work()
        ack()

    return app


def run(rounds: int) -> None:
    heading("A click stored and acknowledged (SQLite, WAL, synchronous=FULL)")
    with opened() as (house, apps):
        found: dict[str, Measured] = {}
        for way in (HTTP, SOCKET):
            found |= _measured(house, apps, way, rounds)
        for name, taken in found.items():
            row(name, taken)
        for way in (HTTP, SOCKET):
            ours, stored = found[f"{way}: {OURS}"], found[f"{way}: {STORED}"]
            print(f"{way}: our click / {BARE}: {ours.typical / found[f'{way}: {BARE}'].typical:.2f}")
            aim(f"{way}: our click / {NO_OP}", ours.typical / found[f"{way}: {NO_OP}"].typical, AIM)
            aim(f"{way}: our click / {STORED}", ours.typical / stored.typical, AIM_STORED)
            print(f"{way}: the same at the 99th of a hundred: {ours.slowest / stored.slowest:.2f}")
        _print_busy(house, apps, rounds)
        _print_parts(house, rounds)


@contextmanager
def opened() -> Iterator[tuple[House, dict[str, App]]]:
    """A house, and the apps to compare, of which one writes what a click of ours writes."""
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder, ExitStack() as after:
        floor = _floor(Path(folder))
        house = House(Path(folder))
        after.callback(house.close)
        after.callback(floor.close)
        client = house.front.client
        yield (
            house,
            {NO_OP: app_that(client, lambda: None), STORED: app_that(client, floor.write), OURS: house.app},
        )


def _floor(folder: Path) -> Floor:
    """What one click writes, in a house of its own: a store that was listened to once is slower for ever."""
    model = House(folder, "model")
    payload = model.next_press()
    writes = writes_of(lambda: answered(model.app, over_socket(payload)))
    floor = Floor(model.store, folder, writes)
    model.close()
    return floor


def _measured(house: House, apps: dict[str, App], way: str, rounds: int) -> dict[str, Measured]:
    with ExitStack() as after:
        things = {f"{way}: {WHAT[way, BARE]}": _click(house, _bare(way, house, after))}
        reach = _served if way == HTTP else _connected
        for name, app in apps.items():
            things[f"{way}: {name}"] = _click(house, reach(app, house, after))
        found = in_turns(things, rounds=rounds, times=TIMES)
    return {name.replace(WHAT[way, BARE], BARE): taken for name, taken in found.items()}


def socket_clicks(names: Iterable[str], rounds: int) -> dict[str, Measured]:
    """Of these apps over Socket Mode; for other parts to compare with."""
    with opened() as (house, apps), ExitStack() as after:
        things = {name: _click(house, _connected(apps[name], house, after)) for name in names}
        return in_turns(things, rounds=rounds, times=TIMES)


def _click(house: House, send: Send) -> Once:
    def once() -> float:
        payload = house.next_press()
        begun = time.perf_counter()
        send(payload)
        return time.perf_counter() - begun

    return once


def _connected(app: App | None, house: House, after: ExitStack) -> Send:
    """Through Slack's own Socket Mode client."""
    line = Line(app, house.app)
    after.callback(line.close)
    return line.send


def _served(app: App, house: House, after: ExitStack) -> Send:
    """As Slack would call: one kept connection to the same server that `steward slack` opens."""
    door = WebDoor(app, house.store, secret=SECRET, port=0, host="127.0.0.1")
    door.start()
    after.callback(door.stop)
    return _posting(door.port, after)


def _bare(way: str, house: House, after: ExitStack) -> Send:
    if way == SOCKET:
        return _connected(None, house, after)
    verifier = SignatureVerifier(SECRET)

    def checked(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        told = environ["HTTP_X_SLACK_REQUEST_TIMESTAMP"], environ["HTTP_X_SLACK_SIGNATURE"]
        well = verifier.is_valid(environ["wsgi.input"].read(), *told)
        start_response("200 OK" if well else "401 Unauthorized", [("Content-Type", "text/plain")])
        return [b""]

    server = create_server(checked, host="127.0.0.1", port=0, threads=THREADS)
    thread = threading.Thread(target=_until_closed, args=(server,), daemon=True)
    thread.start()
    after.callback(thread.join, 2.0)
    after.callback(server.close)
    return _posting(server.effective_port, after)


def _until_closed(server: Any) -> None:
    with suppress(OSError, ValueError):
        server.run()


def _posting(port: int, after: ExitStack) -> Send:
    caller = HTTPConnection("127.0.0.1", port)
    after.callback(caller.close)

    def send(payload: dict[str, Any]) -> None:
        body, headers = signed(payload)
        caller.request("POST", EVENTS, body=body, headers=headers)
        response = caller.getresponse()
        response.read()
        if response.status != 200:
            raise AssertionError(f"not acknowledged: {response.status}")

    return send


def _print_busy(house: House, apps: dict[str, App], rounds: int) -> None:
    """The processor's own time: what a busy machine or a slow disk changes least."""

    def once(app: App) -> Once:
        def dispatch() -> float:
            request = over_http(house.next_press())
            begun = time.thread_time()
            answered(app, request)
            return time.thread_time() - begun

        return dispatch

    found = in_turns({name: once(app) for name, app in apps.items()}, rounds=rounds, times=TIMES)
    print("\nThe processor's time of a click within Bolt:")
    for name, taken in found.items():
        print(f"  {name:<28} {milliseconds(taken.typical)}")
    print(f"  our click / {STORED}: {found[OURS].typical / found[STORED].typical:.2f}")


def _print_parts(house: House, rounds: int) -> None:
    """Where the time of a click goes: the ledger's own steps, each with a stop-watch around it."""
    taken: dict[str, list[float]] = {name: [] for name in PARTS}
    with ExitStack() as undo:
        for name in taken:
            undo.enter_context(_watched(name, taken[name]))
        whole, everything = [], _click(house, lambda payload: answered(house.app, over_socket(payload)))
        for _ in range(rounds * TIMES):
            before = {name: len(times) for name, times in taken.items()}
            whole.append(everything())
            for name, times in taken.items():
                del times[before[name] : -1]  # all but the measured press itself: what led up to it
    middle = {name: statistics.median(times) for name, times in taken.items()}
    click = statistics.median(whole)
    print("\nOf one click within Bolt, with a stop-watch around each step:")
    for name, words in PARTS.items():
        print(f"  {words:<28} {milliseconds(middle[name])}")
    print(f"  {'begin, read, commit, Bolt':<28} {milliseconds(click - sum(middle[name] for name in PARTS))}")


@contextmanager
def _watched(name: str, times: list[float]) -> Iterator[None]:
    step = getattr(ledger, name)

    def watched(*given: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        try:
            return step(*given, **named)
        finally:
            times.append(time.perf_counter() - begun)

    setattr(ledger, name, watched)
    try:
        yield
    finally:
        setattr(ledger, name, step)
