"""How a process ends: doors that close in time, or are left behind, and the signal to do so."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable

log = logging.getLogger("steward")

CLOSING_SECONDS = 5.0
"""How long a door may take to close; Bolt's client needs three."""


def closed(close: Callable[[], object], patience: float = CLOSING_SECONDS) -> bool:
    """Whether a door closed in time: the SDK's client can stumble over its own reader, or wait for it for ever."""

    def attempt() -> None:
        try:
            close()
        except Exception:
            log.info("A door did not close cleanly", exc_info=True)

    thread = threading.Thread(target=attempt, name="closing", daemon=True)
    thread.start()
    thread.join(patience)
    return not thread.is_alive()


def wait_for_the_end() -> None:
    """Until SIGTERM or SIGINT."""
    ended = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: ended.set())
    while not ended.wait(1.0):
        pass
