"""Misbehaviour on demand: what a test asks the stand-in to do wrong with the next calls of a method."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FaultKind = Literal["ratelimit", "error", "drop", "unknown", "http"]


@dataclass
class Fault:
    """One kind of trouble for so many calls; `calls=None` means until it is removed."""

    kind: FaultKind
    calls: int | None = 1
    error: str = ""
    retry_after: int = 1


class Faults(dict[str, Fault]):
    """Faults by method name; `delay` is how many seconds every call takes."""

    delay = 0.0

    def ratelimit(self, method: str, *, calls: int | None = 1, retry_after: int = 1) -> None:
        """Answer with HTTP 429 and `Retry-After`."""
        self[method] = Fault("ratelimit", calls, "ratelimited", retry_after)

    def drop(self, method: str, *, calls: int | None = 1) -> None:
        """Do what was asked, then cut the connection before the answer."""
        self[method] = Fault("drop", calls, "connection dropped")

    def error(self, method: str, error: str, *, calls: int | None = 1) -> None:
        """Answer with this error code, doing nothing."""
        self[method] = Fault("error", calls, error)

    def http(self, method: str, *, calls: int | None = 1) -> None:
        """Answer with HTTP 500, doing nothing."""
        self[method] = Fault("http", calls, "HTTP 500")

    def unknown(self, method: str) -> None:
        """Behave as if the method did not exist."""
        self[method] = Fault("unknown", None, "unknown_method")

    def take(self, method: str) -> Fault | None:
        """The fault for this call, counted down."""
        fault = self.get(method)
        if fault is not None and fault.calls is not None:
            fault.calls -= 1
            if fault.calls <= 0:
                self.pop(method, None)
        return fault
