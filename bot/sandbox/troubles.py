"""Troubles somebody can switch on and off on the page: each is one or more faults of the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.errors import Impossible, Json

if TYPE_CHECKING:
    from bot.sandbox.server import WorkspaceServer

WRITING = (
    "chat.postMessage",
    "chat.update",
    "chat.postEphemeral",
    "views.open",
    "views.update",
    "views.publish",
)
WAIT_SECONDS, SLOW_SECONDS, LATE_SECONDS = 5, 4.0, 10.0


@dataclass(frozen=True)
class Trouble:
    """One switch: what it is called, and what it does to a server when it is turned."""

    label: str
    hint: str
    on: Callable[[WorkspaceServer], None]
    off: Callable[[WorkspaceServer], None]


def _limit(server: WorkspaceServer) -> None:
    for method in ("chat.postMessage", "chat.postEphemeral"):
        server.faults.ratelimit(method, calls=None, retry_after=WAIT_SECONDS)


def _break(server: WorkspaceServer) -> None:
    for method in WRITING:
        server.faults.http(method, calls=None)


def _lose(server: WorkspaceServer) -> None:
    server.faults.time_out_after("chat.postMessage", calls=None)


def _mend(server: WorkspaceServer) -> None:
    for method in WRITING:
        server.faults.pop(method, None)


def _slow(seconds: float) -> Callable[[WorkspaceServer], None]:
    def turn(server: WorkspaceServer) -> None:
        server.faults.delay = seconds

    return turn


def _double(times: int) -> Callable[[WorkspaceServer], None]:
    return lambda server: server.faults.duplicate(times)


def _late(seconds: float) -> Callable[[WorkspaceServer], None]:
    return lambda server: server.faults.shuffle(seconds)


TROUBLES = {
    "limited": Trouble(
        "Posts are rate limited",
        f"chat.postMessage and chat.postEphemeral answer 429, Retry-After {WAIT_SECONDS}",
        _limit,
        _mend,
    ),
    "broken": Trouble(
        "Slack has a fault", "Everything the app writes is answered with HTTP 500", _break, _mend
    ),
    "lost": Trouble(
        "Answers get lost", "Posts are made, and the connection is cut before the answer", _lose, _mend
    ),
    "slow": Trouble(
        "Slow answers", f"Every call takes {SLOW_SECONDS:.0f} seconds", _slow(SLOW_SECONDS), _slow(0)
    ),
    "twice": Trouble("Events come twice", "Each event is delivered a second time", _double(2), _double(1)),
    "late": Trouble(
        "Events come out of order",
        f"Each event is up to {LATE_SECONDS:.0f} seconds late",
        _late(LATE_SECONDS),
        _late(0),
    ),
}
_INSTEAD = {"limited", "broken", "lost"}
"""These speak for the same calls, so that turning one on turns the others off."""


class Troubles:
    """Which switches are on."""

    def __init__(self, server: WorkspaceServer) -> None:
        self._server = server
        self._on: set[str] = set()

    def turn(self, name: str, *, on: bool) -> None:
        """Turn one switch."""
        if name not in TROUBLES:
            raise Impossible(f"There is no trouble {name!r}. There is: {', '.join(TROUBLES)}.")
        if on and name in _INSTEAD:
            for other in self._on & _INSTEAD - {name}:
                self.turn(other, on=False)
        (TROUBLES[name].on if on else TROUBLES[name].off)(self._server)
        (self._on.add if on else self._on.discard)(name)
        self._server.workspace.changed("trouble")

    def shown(self) -> Json:
        """All switches; `sockets` says how many sockets can be cut, none where the app is called over HTTP."""
        switches = [
            {"id": name, "label": t.label, "hint": t.hint, "on": name in self._on}
            for name, t in TROUBLES.items()
        ]
        return {"switches": switches, "sockets": self._server.socket_connected()}

    def count(self) -> int:
        """How many are on."""
        return len(self._on)
