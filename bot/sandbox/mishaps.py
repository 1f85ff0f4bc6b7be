"""What can happen to events on their way to the app, on demand: twice, late, out of order, held back, answers lost."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Send = Callable[[], None]


class Mishaps:
    """Asked by the delivery at each event; nothing happens until something is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._luck = Random(0)
        self._least, self._most = 1, 1
        self._late = 0.0
        self._held: list[Send] | None = None
        self._lost: int | None = 0

    def duplicate(self, least: int, most: int | None = None, *, seed: int = 0) -> None:
        """Deliver each event so often, or between `least` and `most` times; all copies have the same event_id."""
        self._luck = Random(seed)
        self._least, self._most = least, most or least

    def shuffle(self, seconds: float, *, seed: int = 0) -> None:
        """Each event, and each copy of it, comes up to so many seconds late by the workspace's clock."""
        self._luck, self._late = Random(seed), seconds

    def hold(self) -> None:
        """Keep every event back until `release`."""
        self._held = self._held or []

    def release(self, *, backwards: bool = False, seed: int | None = None) -> int:
        """Let go of what was held, as it was sent, backwards or shuffled, and hold nothing more; how many."""
        held, self._held = self._held or [], None
        if seed is not None:
            Random(seed).shuffle(held)
        for send in reversed(held) if backwards else held:
            send()
        return len(held)

    def lose_answers(self, count: int | None = 1) -> None:
        """The next so many acknowledgements of events get lost, or all; 0 ends it."""
        self._lost = count

    def calm(self) -> None:
        """Nothing more goes wrong on the way; what is held is let go."""
        self.duplicate(1)
        self.shuffle(0)
        self.lose_answers(0)
        self.release()

    # -- asked by the delivery

    def on_its_way(self, send: Send) -> bool:
        """Whether an event goes out now; otherwise `send` will be called."""
        if self._held is None:
            return True
        self._held.append(send)
        return False

    def delays(self) -> list[float]:
        """How late each copy of an event comes, in seconds."""
        return [self._luck.uniform(0, self._late) for _ in range(self._luck.randint(self._least, self._most))]

    def loses(self) -> bool:
        """Whether an acknowledgement gets lost."""
        if self._lost:
            self._lost -= 1
            return True
        return self._lost is None
