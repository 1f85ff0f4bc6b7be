"""Half of the people reach the app over Socket Mode, the other half over HTTP."""

from __future__ import annotations

import zlib
from typing import Any

from bot.sandbox.delivery import Ack, Kind
from bot.sandbox.http_delivery import HttpDelivery
from bot.sandbox.sockets import Sockets

Json = dict[str, Any]


class BothDoors:
    """A transport that chooses by who speaks, so that a conversation stays with one door."""

    def __init__(self, sockets: Sockets, http: HttpDelivery) -> None:
        self._sockets, self._http = sockets, http

    def is_ready(self) -> bool:
        return True

    async def ready(self) -> None:
        pass

    async def send(self, kind: Kind, payload: Json, attempt: int, reason: str, deadline: float) -> Ack:
        if by_http(speaker(payload)):
            return await self._http.send(kind, payload, attempt, reason, deadline)
        return await self._sockets.send(kind, payload, attempt, reason, deadline)

    async def close(self) -> None:
        await self._sockets.close()
        await self._http.close()


def by_http(user: str) -> bool:
    return zlib.crc32(user.encode()) % 2 == 1


def speaker(payload: Json) -> str:
    """Whoever caused it; what concerns nobody goes by its channel."""
    about = payload.get("event") or payload
    user = about.get("user") or about.get("user_id") or about.get("channel") or ""
    return str(user.get("id", "") if isinstance(user, dict) else user)
