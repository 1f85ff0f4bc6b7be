"""A world whose bot is a process of its own that can be killed at a named point."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.slack_world import World

HOUSE = Path(__file__).resolve().parents[2]
DRIVER = Path(__file__).with_name("driver.py")


class Doomed:
    """`steward slack` as a process that ends itself at one point, once `arm` was called."""

    def __init__(self, world: World, folder: Path) -> None:
        self._world, self._armed = world, folder / "armed"
        self._log = folder / "log"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, point: str) -> None:
        """In the place of the bot that ran in the tests' own process."""
        self._world.stop_bot()
        environment = {
            name: text for name, text in os.environ.items() if not name.startswith(("SLACK_", "STEWARD_"))
        }
        environment |= {
            "SLACK_BOT_TOKEN": "xoxb-world",
            "SLACK_APP_TOKEN": "xapp-world",
            "SLACK_API_URL": self._world.server.api_url,
            "DATABASE_URL": self._world.database_url,
            "PYTHONPATH": str(HOUSE),
        }
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(DRIVER), point, str(self._armed)],
                cwd=self._folder,
                env=environment,
                stderr=log,
            )
        self._world.server.wait_until(self._is_there, timeout=30)

    def _is_there(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self._log.read_text()
        return self._world.server.socket_connected() > 0

    def arm(self) -> None:
        self._world.settle()
        self._armed.touch()

    def dies(self) -> None:
        """Wait for the kill, then start a healthy bot."""
        assert self._process is not None
        try:
            ended = self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it lives on; its log:\n{self._log.read_text()}") from None
        assert ended == -signal.SIGKILL, self._log.read_text()
        assert not self._armed.exists()
        self._world.server.wait_until(lambda: self._world.server.socket_connected() == 0)
        self._world.start_bot()
        self._world.settle()

    def end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    world = World(database_url)
    try:
        yield world.open()
        assert world.is_untouched()
    finally:
        world.close()


@pytest.fixture
def doomed(world: World, tmp_path: Path) -> Iterator[Doomed]:
    process = Doomed(world, tmp_path)
    yield process
    process.end()
