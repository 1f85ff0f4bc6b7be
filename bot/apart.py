"""What the clock does in one turn, each by itself: whatever is wrong with one, the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable

from store.errors import Unavailable

log = logging.getLogger("steward")


def apart(what: str, look: Callable[[], object]) -> None:
    """`what`: as the log calls it."""
    try:
        look()
    except Unavailable as problem:
        log.warning("%s waits for the database: %s", what, problem)
    except Exception as bug:  # said without its words: they may be somebody's
        log.error("%s waits", what, extra={"because": type(bug).__name__})
