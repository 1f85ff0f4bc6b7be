"""A world whose bot is a process of its own that can be killed at a named point."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.clock import Clock
from tests.slack_world import World

HOUSE = Path(__file__).resolve().parents[2]
DRIVER = Path(__file__).with_name("driver.py")


class Nursery:
    """The driver: it has Steward loaded and starts a process within moments, one at a time."""

    def __init__(self) -> None:
        self._driver = subprocess.Popen(
            [sys.executable, str(DRIVER)],
            cwd=HOUSE,
            env=os.environ | {"PYTHONPATH": str(HOUSE)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._said: queue.Queue[int] = queue.Queue()
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()

    def _listen(self) -> None:
        assert self._driver.stdout is not None
        for line in self._driver.stdout:
            self._said.put(int(line))

    def begets(self, **wish: Any) -> int:
        """Starts one; its process id."""
        assert self._driver.stdin is not None
        self._driver.stdin.write(json.dumps(wish) + "\n")
        self._driver.stdin.flush()
        return self._said.get(timeout=60)

    def loses(self, timeout: float) -> int:
        """How it ended; raises queue.Empty if it lives on."""
        return self._said.get(timeout=timeout)

    def close(self) -> None:
        assert self._driver.stdin is not None
        assert self._driver.stdout is not None
        self._driver.stdin.close()
        self._driver.wait(timeout=20)
        self._ear.join()
        self._driver.stdout.close()


class Doomed:
    """`steward slack` as a process that ends itself at one point, once `arm` was called."""

    def __init__(self, world: World, nursery: Nursery, folder: Path) -> None:
        self._world, self._nursery = world, nursery
        self._armed, self._log = folder / "armed", folder / "log"
        self._pid: int | None = None

    def start(self, point: str) -> None:
        """In the place of the bot that ran in the tests' own process."""
        self._begin(point)
        try:
            self._world.server.wait_until(lambda: self._world.server.socket_connected() > 0, timeout=30)
        except TimeoutError:
            raise AssertionError(f"it did not come up; its log:\n{self._log.read_text()}") from None

    def start_armed(self, point: str) -> None:
        """For what falls due by the clock: it may end as soon as it looks around."""
        self._armed.touch()
        self._begin(point)

    def _begin(self, point: str) -> None:
        self._world.stop_bot()
        environment = {
            name: text for name, text in os.environ.items() if not name.startswith(("SLACK_", "STEWARD_"))
        }
        environment |= {
            "SLACK_BOT_TOKEN": "xoxb-world",
            "SLACK_APP_TOKEN": "xapp-world",
            "SLACK_API_URL": self._world.server.api_url,
            "DATABASE_URL": self._world.database_url,
        }
        self._pid = self._nursery.begets(
            point=point, armed=str(self._armed), log=str(self._log), environment=environment
        )

    def arm(self) -> None:
        self._world.settle()
        self._armed.touch()

    def dies(self) -> None:
        """Wait for the kill, then start a healthy bot."""
        try:
            ended = self._nursery.loses(timeout=20)
        except queue.Empty:
            raise AssertionError(f"it lives on; its log:\n{self._log.read_text()}") from None
        self._pid = None
        assert os.WIFSIGNALED(ended), self._log.read_text()
        assert os.WTERMSIG(ended) == signal.SIGKILL
        assert not self._armed.exists()
        self._world.server.wait_until(lambda: self._world.server.socket_connected() == 0)
        self._world.start_bot()
        self._world.settle()

    def end(self) -> None:
        if self._pid is not None:
            os.kill(self._pid, signal.SIGKILL)
            self._nursery.loses(timeout=20)


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    world = World(database_url, clock=Clock())  # the process that dies lives in real time
    try:
        yield world.open()
        assert world.is_untouched()
    finally:
        world.close()


@pytest.fixture
def doomed(world: World, nursery: Nursery, tmp_path: Path) -> Iterator[Doomed]:
    process = Doomed(world, nursery, tmp_path)
    yield process
    process.end()
