"""Phrases are tried one at a time: each costs the machine something, and who tries them is not known here."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from triage.outcome import Refused

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 2.0
"""So long a try waits for its turn; Slack waits three."""
MANY = 30


class Tries:
    """Of one process, and gone with it; 72 bits are guessed by nobody, so this only spares the machine.

    Wrong phrases keep no right one out; that there were many shows in the log.
    """

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._turn, self._patience, self._wrong = threading.Lock(), patience, 0

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Raises Refused where others try without a pause."""
        if not self._turn.acquire(timeout=self._patience):
            raise Refused("phrases_tried")
        try:
            yield
        finally:
            self._turn.release()

    def note_wrong(self) -> None:
        self._wrong += 1
        if self._wrong % MANY == 0:
            log.warning(
                "Many wrong phrases were tried", extra={"event": "unnamed.tried", "count": self._wrong}
            )
