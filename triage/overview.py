"""How the whole register stands: what the governance lead finds on Home, counted by the clock and never on opening."""

from __future__ import annotations

from datetime import datetime, timedelta

from intake.value import Value
from triage.figures import Lack, Stock

OPEN = "open"
"""In the place of a tier, where every one is still possible."""
EVERY = timedelta(minutes=15)
"""So old the figures may become."""


class Overview(Value):
    """As of `at`. `conditions`, `reviews`: overdue ones of uses in use; `lacks`: facts that uses in use are without."""

    at: datetime
    stock: Stock = Stock()
    conditions: int = 0
    reviews: int = 0
    lacks: tuple[Lack, ...] = ()


def is_stale(kept: Overview | None, now: datetime) -> bool:
    """Also where a clock was turned back."""
    return kept is None or not timedelta() <= now - kept.at < EVERY
