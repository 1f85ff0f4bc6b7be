"""Kills processes in the middle of their work, a chosen number of times."""

from __future__ import annotations

import threading
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from random import Random

from bot.sandbox.faults import Fault, Faults

MOST_CALLS, MOST_SECONDS = 30, 0.02


class Reaper:
    """Once armed it counts calls of the Web API; at one of the next it ends a process, at once or a moment later."""

    def __init__(self, faults: Faults, seed: int) -> None:
        self._luck = Random(f"reaper {seed}")
        self._take: Callable[[str], Fault | None] = faults.take
        self._left: int | None = None
        self._victim: ForkServerProcess | None = None
        faults.take = self._counting  # type: ignore[method-assign]

    def arm(self, victims: list[ForkServerProcess]) -> None:
        self._victim = self._luck.choice(victims)
        self._left = self._luck.randint(1, MOST_CALLS)

    def _counting(self, method: str) -> Fault | None:
        if self._left is not None:
            self._left -= 1
            if self._left <= 0 and self._victim is not None:
                self._left = None
                threading.Timer(self._luck.uniform(0, MOST_SECONDS), self._victim.kill).start()
        return self._take(method)
