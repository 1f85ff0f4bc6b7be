"""The page's own endpoints: what somebody sees, and what they do."""

from __future__ import annotations

import asyncio
import binascii
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox import moving, showing
from bot.sandbox.actor import Actor
from bot.sandbox.doing import ACTS
from bot.sandbox.errors import Impossible, Json, Refusal
from bot.sandbox.methods.files import picture_type
from bot.sandbox.troubles import Troubles

if TYPE_CHECKING:
    from bot.sandbox.server import WorkspaceServer

STATIC = Path(__file__).with_name("static")
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Page:
    """Serves the static files, `/ui/…` for reading, and `/ui/do/<what>` for acting."""

    def __init__(self, server: WorkspaceServer) -> None:
        self._server = server
        self._troubles = Troubles(server)

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Hang all endpoints into the application."""
        router.add_get("/", self._file)
        router.add_get("/static/{name}", self._file)
        router.add_get("/files/{file}", self._download)
        router.add_get("/ui/people", self._people)
        router.add_get("/ui/state", self._reading(self._state))
        router.add_get("/ui/messages", self._reading(self._messages))
        router.add_get("/ui/view", self._reading(lambda actor, query: {"view": actor.view()}))
        router.add_get("/ui/home", self._reading(lambda actor, query: {"home": actor.home()}))
        router.add_get("/ui/traffic", self._reading(self._traffic))
        router.add_get("/ui/clock", self._reading(lambda actor, query: moving.shown(actor.ws, actor.user)))
        router.add_get("/ui/troubles", self._reading(lambda actor, query: self._troubles.shown()))
        router.add_post("/ui/do/{what}", self._do)

    async def _file(self, request: web.Request) -> web.Response:
        path = STATIC / request.match_info.get("name", "index.html")
        if path.parent != STATIC or path.suffix not in _TYPES or not path.is_file():
            raise web.HTTPNotFound
        return web.Response(body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8")

    async def _download(self, request: web.Request) -> web.Response:
        body, content = self._server.workspace.files.get(request.match_info["file"], ({}, b""))
        if not body:
            raise web.HTTPNotFound
        scopes = self._server.workspace.scopes
        if "Authorization" in request.headers and scopes is not None and "files:read" not in scopes:
            # An app that may not read files is shown the page to sign in on, as people are who did not.
            return web.Response(text="<!DOCTYPE html><title>Sign in</title>", content_type="text/html")
        name = "".join(c if c.isalnum() or c in "._-" else "_" for c in body["name"])
        picture = picture_type(content)
        headers = {"Content-Disposition": f'{"inline" if picture else "attachment"}; filename="{name}"'}
        return web.Response(body=content, content_type=picture or "application/octet-stream", headers=headers)

    async def _people(self, request: web.Request) -> web.Response:
        people = self._server.workspace.people.values()
        return web.json_response([{"id": p.id, "name": p.name} for p in people if not p.deleted])

    def _reading(
        self, read: Callable[[Actor, Any], Json]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            try:
                actor = self._server.person(request.query.get("as", ""))
                return web.json_response(read(actor, request.query))
            except Impossible as fault:
                return web.json_response({"problem": str(fault)}, status=400)

        return handler

    def _state(self, actor: Actor, query: Any) -> Json:
        connected = self._server.socket_connected() > 0 or self._server.by_http
        extra = {"connected": connected, "troubles": self._troubles.count()}
        return showing.state(actor.ws, actor.user) | extra

    def _messages(self, actor: Actor, query: Any) -> Json:
        return showing.messages(actor.ws, actor.user, query.get("channel", "dm"))

    def _traffic(self, actor: Actor, query: Any) -> Json:
        return {
            "calls": list(self._server.calls)[-60:],
            "refusals": self._server.refusals[-30:],
            "deliveries": list(self._server.deliveries)[-60:],
        }

    async def _do(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        wish = await _object(request)
        act = self._act(request.match_info["what"])
        if act is None:
            raise web.HTTPNotFound
        try:
            actor = self._server.person(str(wish.get("as", "")))
            result = await asyncio.to_thread(act, actor, wish)
        except (Impossible, Refusal) as fault:
            return web.json_response({"problem": str(fault)}, status=400)
        except (KeyError, TypeError, ValueError, binascii.Error) as fault:
            return web.json_response({"problem": f"This request makes no sense: {fault!r}"}, status=400)
        return web.json_response({"result": result})

    def _act(self, what: str) -> Callable[[Actor, Json], object] | None:
        if what == "trouble":
            return lambda actor, wish: self._troubles.turn(wish["name"], on=bool(wish["on"]))
        if what == "cut":
            return lambda actor, wish: self._server.drop_sockets()
        return ACTS.get(what)


async def _object(request: web.Request) -> Json:
    try:
        wish: Any = await request.json()
    except (ValueError, RecursionError):
        wish = None
    if not isinstance(wish, dict):
        raise web.HTTPBadRequest(text="This request is not a JSON object.")
    return wish
