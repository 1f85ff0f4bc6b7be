"""Getting payloads to the app: one deadline for all, repetitions for events only."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from bot.sandbox.clock import Clock
from bot.sandbox.errors import Json
from bot.sandbox.mishaps import Mishaps

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True)
class Timing:
    """How long the app may take, when an event is sent again, and how old it may become: Slack's own numbers.

    The first is real time, because the app's work is; all else goes by the workspace's clock.
    """

    ack_seconds: float = 3.0
    retry_seconds: tuple[float, ...] = (0.0, 60.0, 300.0)
    forget_seconds: float = 2 * 3600.0


@dataclass(frozen=True)
class Ack:
    """What came back: `problem` is empty when the app acknowledged in time."""

    payload: Json = field(default_factory=dict)
    problem: str = ""
    final: bool = False

    @property
    def ok(self) -> bool:
        """Whether the app acknowledged."""
        return not self.problem


class Transport(Protocol):
    """Socket Mode or HTTP."""

    def is_ready(self) -> bool:
        """Whether there is somebody to send to."""

    async def ready(self) -> None:
        """Wait until there is."""

    async def send(self, kind: Kind, payload: Json, attempt: int, reason: str, deadline: float) -> Ack:
        """Send once and wait for the acknowledgement."""

    async def close(self) -> None:
        """Let go of everything."""


class Delivery:
    """Carries payloads from any thread to the app. Works only between `start` and `stop`."""

    def __init__(self, transport: Transport, timing: Timing, clock: Clock, mishaps: Mishaps) -> None:
        self._transport, self._clock, self._mishaps = transport, clock, mishaps
        self._timing = timing
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._open = 0
        self._count = threading.Lock()
        self._asleep: dict[asyncio.Task[Any] | None, float] = {}
        self._at_the_door = 0
        self.sent: deque[Json] = deque(maxlen=200)
        self.on_sent: Callable[[], None] = lambda: None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to deliver on this loop."""
        self._loop = loop

    async def stop(self) -> None:
        """Give up on everything that is still on its way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._transport.close()

    def pending(self) -> int:
        """How many payloads have not been acknowledged yet."""
        return self._open

    def at_work(self) -> int:
        """How many of them are with the app now; the others wait for their next turn or for a socket."""
        now = self._clock.now()
        asleep = sum(due > now for due in list(self._asleep.values()))
        return self._open - asleep - (0 if self._transport.is_ready() else self._at_the_door)

    def event(self, payload: Json) -> None:
        """Deliver an event, again if need be; waits for the app when nobody is connected."""
        born = self._clock.now()
        if self._mishaps.on_its_way(lambda: self._send_all(payload, born)):
            self._send_all(payload, born)

    def _send_all(self, payload: Json, born: float) -> None:
        for late in self._mishaps.delays():
            self._spawn(self._deliver_event(payload, born, late))

    def interaction(self, kind: Kind, payload: Json) -> Future[Ack]:
        """Deliver a press, a submission or a command, once."""
        result: Future[Ack] = Future()
        self._spawn(self._deliver_once(kind, payload, result))
        return result

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        loop = self._loop
        if loop is None or loop.is_closed():
            work.close()
            raise RuntimeError("The local workspace is not running; call start() first.")
        with self._count:
            self._open += 1

        def begin() -> None:
            task = loop.create_task(work)
            self._tasks.add(task)
            task.add_done_callback(self._done)

        loop.call_soon_threadsafe(begin)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        with self._count:
            self._open -= 1

    async def _deliver_once(self, kind: Kind, payload: Json, result: Future[Ack]) -> None:
        ack = Ack(problem="not_connected")
        try:
            if self._transport.is_ready():
                ack = await self._transport.send(kind, payload, 0, "", self._timing.ack_seconds)
            self._note(kind, payload, 0, ack)
        finally:
            result.set_result(ack)

    async def _deliver_event(self, payload: Json, born: float, late: float) -> None:
        attempt, reason = 0, ""
        for pause in (late, *self._timing.retry_seconds):
            await self._rest(pause)
            if not self._transport.is_ready():
                self._at_the_door += 1
                try:
                    await self._transport.ready()
                finally:
                    self._at_the_door -= 1
                attempt, reason = max(attempt, 1), reason or "timeout"
            if self._clock.now() - born > self._timing.forget_seconds:
                return
            ack = await self._transport.send("events_api", payload, attempt, reason, self._timing.ack_seconds)
            if ack.ok and self._mishaps.loses():
                ack = Ack(problem="timeout")
            self._note("events_api", payload, attempt, ack)
            if ack.ok or ack.final:
                return
            attempt, reason = attempt + 1, ack.problem

    def _note(self, kind: Kind, payload: Json, attempt: int, ack: Ack) -> None:
        entry: Json = {"at": self._clock.now(), "kind": kind, "payload": payload, "attempt": attempt}
        self.sent.append(entry | {"ok": ack.ok, "problem": ack.problem, "answer": ack.payload})
        self.on_sent()

    async def _rest(self, seconds: float) -> None:
        task = asyncio.current_task()
        self._asleep[task] = self._clock.now() + seconds
        try:
            await self._clock.sleep(seconds)
        finally:
            del self._asleep[task]
