"""How many wrong phrases were tried lately, by everybody together: who tried them is not known here."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from triage.outcome import Refused

MANY, WITHIN_SECONDS = 30, 600.0


class Tries:
    """Of one process, and gone with it; 72 bits are guessed by nobody, so this only spares the machine."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._wrong, self._lock = clock, deque[float](), threading.Lock()

    def check(self) -> None:
        with self._lock:
            while self._wrong and self._wrong[0] <= self._clock() - WITHIN_SECONDS:
                self._wrong.popleft()
            if len(self._wrong) >= MANY:
                raise Refused("phrases_tried")

    def note_wrong(self) -> None:
        with self._lock:
            self._wrong.append(self._clock())
