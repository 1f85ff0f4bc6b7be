"""The door of the Web API: reads the request, checks the token, plays the faults, keeps the traffic log."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections import deque
from typing import Any

from aiohttp import web

from bot.sandbox.errors import Json, Refusal, TooFast
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.methods import METHODS
from bot.sandbox.methods.call import Call
from bot.sandbox.scopes import check_scope
from bot.sandbox.sockets import Sockets
from bot.sandbox.state import Workspace

_FREE = {"api.test"}
_READING = ("test", "info", "list", "members", "history", "replies", "getPermalink")
"""How methods end that change nothing; only these are answered to GET, which any link or image can send."""


class WebApi:
    """Answers `/api/<method>`."""

    def __init__(self, ws: Workspace, sockets: Sockets, faults: Faults) -> None:
        self._ws = ws
        self._sockets = sockets
        self.base = ""
        self._faults = faults
        self.calls: deque[Json] = deque(maxlen=2000)
        self.refusals: list[Json] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Carry out one call."""
        method = request.match_info["method"]
        if request.method != "POST" and method.rpartition(".")[2] not in _READING:
            raise web.HTTPMethodNotAllowed(request.method, ["POST"])
        args = await read_arguments(request)
        token = _token(request, args)
        await asyncio.sleep(self._faults.delay)
        fault = self._faults.take(method)
        if fault is not None and fault.kind != "drop":
            return self._misbehave(request, method, args, fault)
        try:
            self._check_pace(method, args)
            body = self._carry_out(method, args, token)
        except TooFast as refusal:
            return self._too_fast(method, args, refusal)
        except Refusal as refusal:
            body = refusal.answer()
            self.refuse(method, refusal)
        self._log(method, args, body)
        if fault is not None:
            _cut(request)
        return web.json_response(body, headers=self._granted(token))

    def _granted(self, token: str) -> dict[str, str]:
        """What the bot's token was given, as every answer to it says."""
        if self._ws.scopes is None or not (self._ws.is_installed and token.startswith("xoxb-")):
            return {}
        return {"x-oauth-scopes": ",".join(sorted(self._ws.scopes))}

    def refuse(self, method: str, refusal: Refusal) -> None:
        """Remember a refusal."""
        self.refusals.append({"method": method, "error": refusal.error, "detail": refusal.detail})
        self._ws.changed("traffic")

    def _carry_out(self, method: str, args: Json, token: str) -> Json:
        if method == "apps.connections.open":
            _check_token(token, "xapp-")
            return {"ok": True, "url": self._sockets.new_link(self.base)}
        carry_out = METHODS.get(method)
        if carry_out is None:
            raise Refusal("unknown_method", method)
        if method not in _FREE:
            _check_token(token, "xoxb-")
            if not self._ws.is_installed:
                raise Refusal("account_inactive", "the app was taken out of the workspace")
        with self._ws.lock:
            call = Call(self._ws, method, args, self.base)
            check_scope(call)
            return {"ok": True} | carry_out(call)

    def _check_pace(self, method: str, args: Json) -> None:
        if self._ws.rates is not None:
            with self._ws.lock:
                self._ws.rates.check(method, self._ws.place_of(str(args.get("channel"))))

    def _too_fast(self, method: str, args: Json, refusal: TooFast) -> web.Response:
        self.refuse(method, refusal)
        self._log(method, args, refusal.answer())
        headers = {"Retry-After": str(refusal.retry_after)}
        return web.json_response(refusal.answer(), status=429, headers=headers)

    def _misbehave(self, request: web.Request, method: str, args: Json, fault: Fault) -> web.Response:
        if fault.kind == "ratelimit":
            return self._too_fast(method, args, TooFast("asked for by a test", fault.retry_after))
        refusal = Refusal(fault.error, "asked for by a test")
        self.refuse(method, refusal)
        self._log(method, args, refusal.answer())
        if fault.kind == "lost":
            _cut(request)
        if fault.kind in ("http", "lost"):
            return web.Response(status=500, text="Internal Server Error")
        return web.json_response(refusal.answer())

    def _log(self, method: str, args: Json, body: Json) -> None:
        shown = {name: value for name, value in args.items() if name != "token"}
        entry = {"at": self._ws.now(), "method": method, "args": shown, "ok": body["ok"]}
        self.calls.append(entry | {"error": body.get("error"), "answer": body})
        self._ws.changed("traffic")


async def read_arguments(request: web.Request) -> Json:
    """The arguments of a call: query, form or JSON."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body: Any = json.loads(await request.text() or "{}")
        except ValueError:
            body = None
        if not isinstance(body, dict):
            return args
        return args | body
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return args


def _token(request: web.Request, args: Json) -> str:
    bearer = request.headers.get("Authorization", "")
    return bearer.removeprefix("Bearer ").strip() or str(args.get("token") or "")


def _check_token(token: str, prefix: str) -> None:
    if not token:
        raise Refusal("not_authed", "no token")
    if not token.startswith(prefix):
        wrong_kind = token.startswith(("xoxb-", "xapp-", "xoxp-"))
        raise Refusal("not_allowed_token_type" if wrong_kind else "invalid_auth", f"expected {prefix}…")


def _cut(request: web.Request) -> None:
    """Close the connection so that the client sees a reset."""
    transport = request.transport
    if transport is None:
        return
    sock = transport.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
