"""Socket Mode: links, open sockets, envelopes and their acknowledgements."""

from __future__ import annotations

import asyncio
import itertools
import json
from contextlib import suppress
from secrets import token_hex
from typing import Literal
from uuid import uuid4

from aiohttp import WSMessage, WSMsgType, web

from bot.sandbox.delivery import Ack, Kind
from bot.sandbox.errors import Json

MOST_SOCKETS = 10
PING_SECONDS = 20.0
Reason = Literal["warning", "refresh_requested", "link_disabled"]


class Sockets:
    """All open sockets of the app; each payload goes to one of them."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._open: dict[web.WebSocketResponse, set[str]] = {}
        self._waiting: dict[str, asyncio.Future[Ack]] = {}
        self._silent: set[web.WebSocketResponse] = set()
        self._disabled = False
        self._turn = itertools.count()
        self._connected = asyncio.Event()

    def reset(self) -> None:
        """Begin anew, on whichever loop runs now."""
        self._connected = asyncio.Event()
        self._open.clear()
        self._silent.clear()

    def count(self) -> int:
        """How many sockets are open."""
        return len(self._open)

    def new_link(self, base: str) -> str:
        """A fresh address to connect to, good for one connection."""
        ticket = token_hex(16)
        self._tickets.add(ticket)
        return f"ws{base.removeprefix('http')}/link?ticket={ticket}&app_id={self._app_id}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from hello to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or self._disabled:
            return web.Response(status=401)
        if len(self._open) >= MOST_SOCKETS:
            return web.Response(status=429)
        self._tickets.discard(ticket)
        link = web.WebSocketResponse(autoping=False, compress=False, timeout=1.0)
        await link.prepare(request)
        self._open[link] = set()
        await link.send_json(self._hello())
        self._connected.set()
        pinging = asyncio.create_task(self._ping(link))
        try:
            async for message in link:
                await self._hear(link, message)
        finally:
            pinging.cancel()
            self._forget(link)
        return link

    async def _ping(self, link: web.WebSocketResponse) -> None:
        with suppress(ConnectionError):
            while True:
                if link not in self._silent:
                    await link.ping(b"Ping from the local workspace")
                await asyncio.sleep(PING_SECONDS)

    async def _hear(self, link: web.WebSocketResponse, message: WSMessage) -> None:
        if link in self._silent:
            return
        if message.type is WSMsgType.PING:
            await link.pong(message.data)
        elif message.type is WSMsgType.TEXT:
            self._acknowledge(link, message.data)

    def is_ready(self) -> bool:
        """Whether a socket is open."""
        return bool(self._open)

    async def ready(self) -> None:
        """Wait for a socket."""
        await self._connected.wait()

    async def send(self, kind: Kind, payload: Json, attempt: int, reason: str, deadline: float) -> Ack:
        """Send one envelope to one of the sockets."""
        links = [link for link in self._open if not link.closed]
        if not links:
            return Ack(problem="connection_failed")
        link = links[next(self._turn) % len(links)]
        ident = str(uuid4())
        envelope: Json = {
            "envelope_id": ident,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        answer = self._waiting[ident] = asyncio.get_running_loop().create_future()
        self._open[link].add(ident)
        try:
            if link not in self._silent:
                await link.send_json(envelope)
            return await asyncio.wait_for(answer, deadline)
        except TimeoutError:
            return Ack(problem="timeout")
        except ConnectionError:
            return Ack(problem="connection_failed")
        finally:
            self._waiting.pop(ident, None)
            self._open.get(link, set()).discard(ident)

    def give_up(self, ident: str) -> None:
        """The app will not acknowledge this one any more: as if its time were over."""
        waiting = self._waiting.get(ident)
        if waiting is not None and not waiting.done():
            waiting.set_result(Ack(problem="timeout"))

    def silence(self) -> None:
        """The sockets that are open stay open and carry nothing any more, neither way; new ones are well."""
        self._silent |= set(self._open)

    async def disconnect(self, reason: Reason) -> None:
        """Tell the app that its sockets end. Only a warning leaves them open; a disabled link takes no new ones."""
        notice = {"type": "disconnect", "reason": reason, "debug_info": {"host": "local-workspace"}}
        self._disabled = self._disabled or reason == "link_disabled"
        for link in list(self._open):
            with suppress(ConnectionError):
                await link.send_json(notice)
            if reason != "warning":
                await link.close(code=1000)

    def enable(self) -> None:
        """Take new sockets again after a disabled link."""
        self._disabled = False

    async def close(self) -> None:
        """Close all sockets."""
        for link in list(self._open):
            await link.close(code=1001, message=b"going away")

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "local-workspace", "approximate_connection_time": 3600},
        }

    def _acknowledge(self, link: web.WebSocketResponse, data: str) -> None:
        try:
            answer = json.loads(data)
        except ValueError:
            return
        ident = answer.get("envelope_id") if isinstance(answer, dict) else None
        waiting = self._waiting.get(ident or "")
        if waiting is not None and not waiting.done() and ident in self._open.get(link, set()):
            waiting.set_result(Ack(payload=answer.get("payload") or {}))

    def _forget(self, link: web.WebSocketResponse) -> None:
        self._silent.discard(link)
        for ident in self._open.pop(link, set()):
            waiting = self._waiting.get(ident)
            if waiting is not None and not waiting.done():
                waiting.set_result(Ack(problem="connection_failed"))
        if not self._open:
            self._connected.clear()
