"""Triggers (live three seconds, work once) and response addresses (thirty minutes, five uses)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex

from bot.sandbox.errors import Refusal

TRIGGER_SECONDS = 3.0
ADDRESS_SECONDS = 30 * 60.0
ADDRESS_USES = 5


@dataclass
class Trigger:
    """The right to open one view in front of one person."""

    user: str
    born: float
    used: bool = False


@dataclass
class Address:
    """A `response_url`: where it posts, for whom, and which message it may replace."""

    user: str
    channel: str
    born: float
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class Permits:
    """Hands out triggers and response addresses, and takes them back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._numbers = itertools.count(1000)
        self._triggers: dict[str, Trigger] = {}
        self._addresses: dict[str, Address] = {}

    def new_trigger(self, user: str) -> str:
        """A fresh `trigger_id` for this person."""
        ident = f"{next(self._numbers)}.{int(self._clock())}.{token_hex(8)}"
        self._triggers[ident] = Trigger(user, self._clock())
        return ident

    def check_trigger(self, ident: object) -> Trigger:
        """The trigger, if it is known, fresh and unused."""
        trigger = self._triggers.get(str(ident))
        if trigger is None:
            raise Refusal("invalid_trigger_id", f"no such trigger: {ident!r}")
        if trigger.used:
            raise Refusal("exchanged_trigger_id", "this trigger has already opened a view")
        if (age := self._clock() - trigger.born) > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id", f"{age:.1f} seconds old")
        return trigger

    def new_address(self, address: Address) -> str:
        """The last part of a fresh `response_url`."""
        key = token_hex(12)
        self._addresses[key] = address
        return key

    def now(self) -> float:
        """The moment by the workspace's clock."""
        return self._clock()

    def use_address(self, key: str) -> Address:
        """Count one use of a response address."""
        address = self._addresses.get(key)
        if address is None:
            raise Refusal("invalid_url", "no such response_url")
        if self._clock() - address.born > ADDRESS_SECONDS:
            raise Refusal("expired_url", "older than 30 minutes")
        if address.uses >= ADDRESS_USES:
            raise Refusal("used_url", "used five times already")
        address.uses += 1
        return address
