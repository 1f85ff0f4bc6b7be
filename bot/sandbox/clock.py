"""The workspace's clock: real time and a shift, or a time of its own that stands until it is moved."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count


class Clock:
    """Asked and moved from any thread; whoever sleeps by it wakes when it is moved past their moment."""

    def __init__(self, start: float | None = None) -> None:
        """`start`: Unix seconds at which it stands; without, it runs along with real time."""
        self._start, self._shift = start, 0.0
        self._lock = threading.Lock()
        self._numbers = count()
        self._sleepers: dict[int, tuple[float, Callable[[], None]]] = {}
        self.watchers: list[Callable[[], None]] = []

    @property
    def shift(self) -> float:
        """Seconds by which it was moved so far."""
        return self._shift

    def now(self) -> float:
        """Unix seconds."""
        return (time.time() if self._start is None else self._start) + self._shift

    def moment(self) -> datetime:
        """The same as a moment in UTC."""
        return datetime.fromtimestamp(self.now(), UTC)

    def move(self, seconds: float) -> None:
        """Forward only: what has happened stays in the past."""
        if seconds < 0:
            raise ValueError("A clock of this workspace cannot be turned back.")
        with self._lock:
            self._shift += seconds
            awake = [wake for _, wake in self._sleepers.values()]
        for wake in [*awake, *self.watchers]:
            wake()

    def next_waking(self) -> float | None:
        """The earliest moment somebody sleeps until, Unix seconds."""
        with self._lock:
            return min((due for due, _ in self._sleepers.values()), default=None)

    def run_on(self) -> None:
        """One that stood runs along from here."""
        with self._lock:
            if self._start is not None:
                self._shift += self._start - time.time()
                self._start = None

    async def sleep(self, seconds: float) -> None:
        """Until the clock has moved on by so much."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        due, moved, loop = self.now() + seconds, asyncio.Event(), asyncio.get_running_loop()
        number = next(self._numbers)
        with self._lock:
            self._sleepers[number] = (due, lambda: _wake(loop, moved))
        try:
            while True:
                moved.clear()
                left = due - self.now()
                if left <= 0:
                    return
                with suppress(TimeoutError):
                    await asyncio.wait_for(moved.wait(), left if self._start is None else None)
        finally:
            with self._lock:
                del self._sleepers[number]


def _wake(loop: asyncio.AbstractEventLoop, moved: asyncio.Event) -> None:
    with suppress(RuntimeError):  # its loop has ended, and so has whoever slept there
        loop.call_soon_threadsafe(moved.set)
