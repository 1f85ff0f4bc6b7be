"""A sign of life for work that has no steps to count: once people would wonder, how long it has taken so far."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event, Thread
from typing import TextIO

AFTER_SECONDS, EACH_SECONDS = 2.0, 1.0
CLEARED = "\r\x1b[K"


@contextmanager
def at_work(what: str, *, after: float = AFTER_SECONDS, each: float = EACH_SECONDS) -> Iterator[None]:
    """On a terminal only; nothing of it is left behind, whatever happens."""
    stream = sys.stderr
    if not stream.isatty():
        yield
        return
    done = Event()
    beating = Thread(target=_beat, args=(what, stream, done, after, each), daemon=True)
    beating.start()
    try:
        yield
    finally:
        done.set()
        beating.join()


def _beat(what: str, stream: TextIO, done: Event, after: float, each: float) -> None:
    if done.wait(after):
        return
    for beats in count():
        print(f"{CLEARED}{what}: {after + beats * each:.0f} s", end="", file=stream, flush=True)
        if done.wait(each):
            break
    print(CLEARED, end="", file=stream, flush=True)
