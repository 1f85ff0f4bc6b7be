"""The network between the bot and Slack, as a thing that can fall silent or hold something up."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from bot.settings import Settings
from store.engine import PATIENCE
from tests.failures.acts import at_once
from tests.slack_world import World
from tests.slack_world.bot import Bot
from tests.slack_world.world import free_port

CHUNK = 65_536


class Wire:
    """Carries every connection of the bot to the workspace; what is held up waits until it is let go."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._deaf: set[socket.socket] = set()
        self._wanted: tuple[bytes, ...] | None = None
        self._every = False
        self.caught = threading.Event()
        self._free = threading.Event()
        self._free.set()
        self._server = socket.create_server(("127.0.0.1", free_port()))
        self.port: int = self._server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def holds(self, *signs: bytes, every: bool = False) -> None:
        """The next piece of a request with all of these (or each such piece) stays on the wire until it is let go."""
        self._every = every
        self.caught.clear()
        self._free.clear()
        self._wanted = signs

    def lets_go(self) -> None:
        self._wanted = None
        self._free.set()

    def falls_silent(self) -> None:
        """Connections that are open now stay open and carry nothing any more; new ones work."""
        with self._lock:
            self._deaf = set(self._sockets)

    def close(self) -> None:
        self._free.set()
        with self._lock:
            for each in (self._server, *self._sockets):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()

    def _accept(self) -> None:
        while True:
            try:
                caller, _ = self._server.accept()
                other = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                return
            with self._lock:
                self._sockets += [caller, other]
            for one, two, watched in ((caller, other, True), (other, caller, False)):
                threading.Thread(target=self._carry, args=(one, two, watched), daemon=True).start()

    def _carry(self, one: socket.socket, two: socket.socket, watched: bool) -> None:
        with suppress(OSError):
            while chunk := one.recv(CHUNK):
                if watched and self._catches(chunk):
                    self.caught.set()
                    self._free.wait()
                with self._lock:
                    deaf = one in self._deaf
                if not deaf:
                    two.sendall(chunk)
        with suppress(OSError):
            two.shutdown(socket.SHUT_WR)
        if one in self._deaf:  # sooner or later the other end gives up as well
            two.close()

    def _catches(self, chunk: bytes) -> bool:
        with self._lock:
            wanted = self._wanted
            if wanted is None or not all(sign in chunk for sign in wanted):
                return False
            if not self._every:
                self._wanted = None
            return True


class Wired(World):
    """A world whose bot reaches Slack through a wire."""

    wire: Wire

    def open(self) -> World:
        self.server.start()
        self.wire = Wire(urlsplit(self.server.url).port or 0)
        # The address that the workspace tells the bot to open its socket at goes through the wire too.
        self.server._api.base = f"http://127.0.0.1:{self.wire.port}"
        self._bot = ThroughWire(self.server, self.database_url, port=0, patience=PATIENCE)
        self._bot.at = f"{self.server._api.base}/api/"
        self.start_bot()
        return self

    def close(self) -> None:
        self.wire.lets_go()
        super().close()
        self.wire.close()


class ThroughWire(Bot):
    at: str

    def settings(self) -> Settings:
        return super().settings().model_copy(update={"slack_api_url": self.at})


@contextmanager
def overtaken(
    world: Wired, older: Callable[[], object], newer: Callable[[], object], *signs: bytes
) -> Iterator[None]:
    """What `older` sends hangs on the wire while `newer` follows and a second worker is idle; then all has arrived."""
    other = Bot(world.server, world.database_url, port=0, patience=PATIENCE)
    other.start()
    assert other.running is not None
    try:
        world.wire.holds(*signs)
        older()
        assert world.wire.caught.wait(10)
        newer()
        for _ in range(20):
            other.running.sender.wake()
            time.sleep(0.05)
        world.wire.lets_go()
        world.settle()
        yield
    finally:
        at_once(world.stop_bot, other.close)
