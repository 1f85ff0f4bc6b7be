"""A loop in a thread of its own: works until there is nothing left, sleeps until it is woken, ends when it is told."""

from __future__ import annotations

import logging
import threading

from store.errors import Unavailable

log = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
"""How long something that another process stored may wait to be seen."""


class Loop:
    """Whoever inherits says in `work` what one round is."""

    def __init__(self) -> None:
        self._bell = threading.Event()
        self._stopping = False

    def work(self) -> bool:
        """One round; False if there was nothing to do."""
        raise NotImplementedError

    def wake(self) -> None:
        self._bell.set()

    def stop(self) -> None:
        self._stopping = True
        self._bell.set()

    def run(self) -> None:
        """Until stopped; a failure of ours is logged and tried again, never fatal."""
        name = type(self).__name__.lower()
        while not self._stopping:
            self._bell.clear()
            try:
                busy = self.work()
            except Unavailable as problem:
                log.warning("The %s waits for the database: %s", name, problem, extra={"event": "loop.waits"})
                busy = False
            except Exception:
                log.exception("The %s stumbled and goes on", name, extra={"event": "loop.stumbled"})
                busy = False
            if not busy:
                self._bell.wait(IDLE_SECONDS)
