"""Misbehaviour on demand: what a test asks the stand-in to do wrong with the next calls of a method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from bot.sandbox.mishaps import Mishaps

FaultKind = Literal["ratelimit", "error", "lost", "drop", "unknown", "http"]
ANY = "*"
"""Instead of a method: all of them."""


@dataclass
class Fault:
    """One kind of trouble for so many calls; `calls=None` means until it is removed."""

    kind: FaultKind
    calls: int | None = 1
    error: str = ""
    retry_after: int = 1


BY_CHANCE = {
    "ratelimit": Fault("ratelimit", None, "ratelimited"),
    "http": Fault("http", None, "HTTP 500"),
    "time_out_before": Fault("lost", None, "the call was lost"),
    "time_out_after": Fault("drop", None, "the answer was lost"),
}


class Faults(Mishaps, dict[str, Fault]):
    """Faults by method name (or `ANY`), and mishaps of deliveries; `delay`: how many seconds every call takes."""

    delay = 0.0

    def __init__(self) -> None:
        super().__init__()
        self._share, self._kinds, self._chance = 0.0, (*BY_CHANCE,), Random(0)

    def ratelimit(self, method: str, *, calls: int | None = 1, retry_after: int = 1) -> None:
        """Answer with HTTP 429 and `Retry-After`."""
        self[method] = Fault("ratelimit", calls, "ratelimited", retry_after)

    def time_out_before(self, method: str, *, calls: int | None = 1) -> None:
        """Do nothing, and cut the connection: what was asked never arrived."""
        self[method] = Fault("lost", calls, "the call was lost")

    def time_out_after(self, method: str, *, calls: int | None = 1) -> None:
        """Do what was asked, then cut the connection before the answer."""
        self[method] = Fault("drop", calls, "the answer was lost")

    def error(self, method: str, error: str, *, calls: int | None = 1) -> None:
        """Answer with this error code, doing nothing; with `ANY` as for a token that is no longer valid."""
        self[method] = Fault("error", calls, error)

    def http(self, method: str, *, calls: int | None = 1) -> None:
        """Answer with HTTP 500, doing nothing."""
        self[method] = Fault("http", calls, "HTTP 500")

    def unknown(self, method: str) -> None:
        """Behave as if the method did not exist."""
        self[method] = Fault("unknown", None, "unknown_method")

    def rate(self, share: float, *, seed: int = 0, kinds: Sequence[str] = (*BY_CHANCE,)) -> None:
        """From now on a share of all calls (0 to 1) goes wrong in one of these ways, by chance."""
        if strange := set(kinds) - set(BY_CHANCE):
            raise ValueError(f"No such kind of fault: {', '.join(sorted(strange))}.")
        self._share, self._kinds, self._chance = share, (*kinds,), Random(seed)

    def take(self, method: str) -> Fault | None:
        """The fault for this call, counted down."""
        name = method if method in self else ANY
        fault = self.get(name)
        if fault is None:
            unlucky = self._share and self._chance.random() < self._share
            return BY_CHANCE[self._chance.choice(self._kinds)] if unlucky else None
        if fault.calls is not None:
            fault.calls -= 1
            if fault.calls <= 0:
                self.pop(name, None)
        return fault
