"""How fast messages that are owed go out, against calls of Slack's SDK alone and against Slack's own limit."""

from __future__ import annotations

import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

from slack_sdk import WebClient

from bench.house import House
from bench.rounds import heading
from bot.slack.drawing import Drawing
from bot.slack.sender import Sender
from store import outbox

CHANNELS, EACH = 40, 3
SLACKS = 1.0
"""Messages a second that Slack takes in one channel."""
TEXT = "A message about as long as most of ours, which says what was decided and what happens next."


def run(rounds: int) -> None:
    heading("Messages owed, sent and noted as sent (a stand-in for Slack that answers at once)")
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as folder, _yes() as url:
        house = House(Path(folder))
        client = WebClient(token="xoxb-bench", base_url=url, retry_handlers=[])
        sender = Sender(house.store, client, house.front.directory, Drawing(house.front))
        _empty(sender)
        places = [house.front.directory.place(f"C0BENCH{number:03}") for number in range(CHANNELS)]
        bare, ours = [], []
        for _ in range(max(1, rounds // 2)):
            bare.append(_calls(client, CHANNELS * EACH))
            _owe(house, places)
            ours.append(_emptied(sender))
        house.close()
    alone, sent = (CHANNELS * EACH / min(taken) for taken in (bare, ours))
    print(f"calls of the SDK alone: {alone:.0f} a second")
    print(f"out of the outbox:      {sent:.0f} a second, {alone / sent:.2f} times as slow")
    print(
        f"Slack takes {SLACKS:g} a second in each channel: that is the pace of {sent / SLACKS:.0f} channels at once"
    )


def _owe(house: House, places: list[str]) -> None:
    with house.store.write() as session:
        for _ in range(EACH):
            for place in places:
                outbox.put(
                    session,
                    kind="post",
                    place_id=place,
                    payload={"text": TEXT},
                    priority=1,
                    now=house.store.now(),
                )


def _emptied(sender: Sender) -> float:
    begun = time.perf_counter()
    _empty(sender)
    return time.perf_counter() - begun


def _empty(sender: Sender) -> None:
    while sender.work():
        pass


def _calls(client: WebClient, times: int) -> float:
    begun = time.perf_counter()
    for number in range(times):
        client.chat_postMessage(channel=f"C0BENCH{number % CHANNELS:03}", text=TEXT)
    return time.perf_counter() - begun


@contextmanager
def _yes() -> Iterator[str]:
    """A server that takes every message."""
    stamps = count(1)

    class Yes(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            said = json.dumps(
                {"ok": True, "ts": f"{next(stamps)}.000001", "channel": {"id": "D0BENCH"}}
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: it is measured."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Yes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/api/"
    finally:
        server.shutdown()
        server.server_close()
