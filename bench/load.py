"""How many events a second one core keeps, each stored before its answer, until one in a hundred waits too long."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from typing import Any

from bench.house import CHANNEL, DEMO, SECRET, TEAM, USER, sealed
from bench.rounds import heading, milliseconds, of_hundred
from bench.starting import environment
from bot.sandbox.server import WorkspaceServer
from bot.sandbox.workspace import Workspace
from bot.slack.web import EVENTS, THREADS
from store.migrate import migrate

PATIENCE = 0.5
"""Seconds that ninety-nine of a hundred events may wait at most."""
SECONDS = 2.5
FASTER = 1.4
CALLERS = THREADS
SLACKS = 30_000 / 3600
"""What Slack delivers at most, a second on average."""

_numbers = count(1)


def run(rounds: int) -> None:
    del rounds  # one rising series says enough
    heading("Events kept and acknowledged by `steward slack --no-worker` over HTTP, on one core")
    with _door() as (port, pinned):
        rate, kept = 40.0, 0.0
        while True:
            taken, lost = _at(port, rate)
            slowest = of_hundred(taken, 99) if taken else float("inf")
            print(
                f"  {rate:7.0f} a second   p50 {milliseconds(of_hundred(taken, 50))}   p99 {milliseconds(slowest)}"
            )
            if lost or slowest > PATIENCE:
                break
            kept, rate = rate, rate * FASTER
    where = "one core" if pinned else "all cores (this system cannot hold it to one)"
    print(
        f"sustained on {where}: {kept:.0f} events a second, {kept / SLACKS:.0f} times what Slack delivers at most"
    )


@contextmanager
def _door() -> Iterator[tuple[int, bool]]:
    with (
        tempfile.TemporaryDirectory(prefix="steward-bench-") as folder,
        WorkspaceServer(Workspace.from_file(DEMO / "workspace.yaml")) as server,
    ):
        migrate(f"sqlite:///{folder}/bench.db")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        settings = environment(Path(folder), server)
        del settings["SLACK_APP_TOKEN"]
        settings |= {"SLACK_SIGNING_SECRET": SECRET, "PORT": str(port)}
        command = (sys.executable, "-m", "bot", "slack", "--no-worker")
        process = subprocess.Popen(command, env=settings, stderr=subprocess.PIPE, text=True)
        try:
            assert process.stderr is not None
            next(line for line in process.stderr if "listening" in line)
            threading.Thread(target=process.stderr.read, daemon=True).start()
            yield port, _hold(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def _hold(process: int) -> bool:
    """To one core, every thread of it; we, who ask, have the others."""
    try:
        cores = sorted(os.sched_getaffinity(0))
        for thread in os.listdir(f"/proc/{process}/task"):
            os.sched_setaffinity(int(thread), cores[-1:])
    except (AttributeError, OSError):
        return False
    return True


def _at(port: int, rate: float) -> tuple[list[float], int]:
    """How long each event waited, counted from when it was due, and how many were not acknowledged."""
    taken: list[float] = []
    lost: list[str] = []
    turn, due = iter(range(int(rate * SECONDS))), time.perf_counter() + 0.05
    picking = threading.Lock()

    def call() -> None:
        caller = HTTPConnection("127.0.0.1", port, timeout=10)
        while True:
            with picking:
                number = next(turn, None)
            if number is None or lost:
                return
            at = due + number / rate
            body, headers = _event()
            time.sleep(max(0.0, at - time.perf_counter()))
            try:
                caller.request("POST", EVENTS, body=body, headers=headers)
                response = caller.getresponse()
                response.read()
                if response.status != 200:
                    lost.append(str(response.status))
            except (OSError, HTTPException) as error:
                lost.append(type(error).__name__)
            taken.append(time.perf_counter() - at)

    callers = [threading.Thread(target=call, daemon=True) for _ in range(CALLERS)]
    for each in callers:
        each.start()
    for each in callers:
        each.join()
    return taken, len(lost)


def _event() -> tuple[str, dict[str, str]]:
    number = next(_numbers)
    moment = f"{int(time.time())}.{number:06}"
    event: dict[str, Any] = {
        "type": "message",
        "channel_type": "im",
        "user": USER,
        "text": "We would like to transcribe customer calls with Otter.ai",
        "channel": CHANNEL,
        "ts": moment,
        "event_ts": moment,
        "team": TEAM,
    }
    return sealed(
        {
            "type": "event_callback",
            "token": "none",
            "team_id": TEAM,
            "api_app_id": "A0EXAMPLE",
            "event_id": f"Ev{number}",
            "event_time": int(time.time()),
            "event": event,
        }
    )
