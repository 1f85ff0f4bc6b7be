"""The server of the local workspace: one aiohttp application in its own thread, with its own event loop."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox import answering, changes
from bot.sandbox.actor import Actor
from bot.sandbox.delivery import Delivery, Timing, Transport
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.faults import Faults
from bot.sandbox.guard import local_only
from bot.sandbox.http_delivery import HttpDelivery
from bot.sandbox.live import Live
from bot.sandbox.page import Page
from bot.sandbox.sockets import Reason, Sockets
from bot.sandbox.state import Workspace
from bot.sandbox.webapi import WebApi, read_arguments

_BODY_BYTES = 210_000_000


class AddressInUse(OSError):
    """The wished-for port belongs to somebody else."""


class WorkspaceServer:
    """Serves a workspace to the app and to the browser, from `start` to `stop`."""

    def __init__(
        self,
        workspace: Workspace,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        events_url: str | None = None,
        signing_secret: str = "",
        timing: Timing | None = None,
    ) -> None:
        self.workspace = workspace
        self.timing = timing or Timing()
        self._host, self._port = host, port
        self._sockets = Sockets(workspace.bot.app_id)
        transport: Transport = HttpDelivery(events_url, signing_secret) if events_url else self._sockets
        self.by_http = bool(events_url)
        self.faults = Faults()
        self._delivery = Delivery(transport, self.timing, workspace.clock, self.faults)
        self._api = WebApi(workspace, self._sockets, self.faults)
        self._live = Live()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stop = asyncio.Event()
        self._started: threading.Event = threading.Event()
        self._fault: BaseException | None = None

    # -- life

    def start(self) -> WorkspaceServer:
        """Open the port, after a `stop` the same one; raises `AddressInUse` (an OSError) when it is taken."""
        self._started.clear()
        self._fault = None
        self._thread = threading.Thread(target=self._run, name="local-workspace", daemon=True)
        self._thread.start()
        self._started.wait()
        if self._fault is not None:
            self._thread.join()
            raise self._fault
        return self

    def stop(self) -> None:
        """Close everything; events still on their way are given up."""
        thread, loop = self._thread, self._loop
        if thread is not None and loop is not None and thread.is_alive():
            loop.call_soon_threadsafe(self._stop.set)
            thread.join(timeout=10)
        self._thread = None

    def __enter__(self) -> WorkspaceServer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # -- what tests and the demo use

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://{self._host}:{self._port}"

    @property
    def api_url(self) -> str:
        """The `base_url` for the app's WebClient."""
        return f"{self.url}/api/"

    @property
    def refusals(self) -> list[Json]:
        """Every call that was refused: method, error, detail."""
        return self._api.refusals

    @property
    def calls(self) -> deque[Json]:
        """The latest calls: at, method, args, ok, error."""
        return self._api.calls

    @property
    def deliveries(self) -> deque[Json]:
        """What was sent to the app lately: at, kind, payload, attempt, ok, problem, answer."""
        return self._delivery.sent

    def socket_connected(self) -> int:
        """How many sockets the app has open."""
        return self._sockets.count()

    def drop_sockets(self) -> None:
        """Close all sockets, as a network does."""
        if self._loop is not None:
            asyncio.run_coroutine_threadsafe(self._sockets.close(), self._loop).result(timeout=5)

    def silence_sockets(self) -> None:
        """The open sockets stay open and carry nothing any more, as behind a firewall that forgot them."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._sockets.silence)

    def disconnect_sockets(self, reason: Reason = "refresh_requested") -> None:
        """End the sockets as Slack does, with a notice; after `link_disabled` none is taken until `enable_sockets`."""
        if self._loop is not None:
            ending = self._sockets.disconnect(reason)
            asyncio.run_coroutine_threadsafe(ending, self._loop).result(timeout=5)

    def enable_sockets(self) -> None:
        """Socket Mode is switched on again."""
        self._sockets.enable()

    def pending(self) -> int:
        """How many payloads the app has not acknowledged yet."""
        return self._delivery.pending()

    def at_work(self) -> int:
        """How many of them the app has in its hands now, so that they do not wait for the clock."""
        return self._delivery.at_work()

    def give_up(self, envelope: str) -> None:
        """Somebody knows that the app will not acknowledge this: its time need not pass."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._sockets.give_up, envelope)

    def person(self, user: str) -> Actor:
        """Somebody's hands, by id or by name."""
        ident = user if user in self.workspace.people else self.workspace.named_people().get(user, user)
        self.workspace.person(ident)
        patience = self.timing.ack_seconds + 5
        return Actor(self.workspace, self._delivery, ident, self.url, patience, self._api.refuse)

    def deactivates(self, user: str) -> None:
        """Somebody leaves the company."""
        with self.workspace.lock:
            changes.deactivate(self.workspace, user)

    def pauses(self, user: str, seconds: float) -> None:
        """Somebody sets their notifications to silent for so long."""
        with self.workspace.lock:
            person = self.workspace.person(user)
            person.paused_until = self.workspace.clock.now() + seconds

    def uninstalls(self) -> None:
        """The app is taken out of the workspace."""
        with self.workspace.lock:
            changes.uninstall(self.workspace)

    def installs(self) -> None:
        """It is installed again; here the token stays the same."""
        self.workspace.is_installed = True

    def archives(self, channel: str) -> None:
        """A channel is archived."""
        with self.workspace.lock:
            changes.archive(self.workspace, channel)

    def unarchives(self, channel: str) -> None:
        """An archived channel is brought back."""
        with self.workspace.lock:
            changes.unarchive(self.workspace, channel)

    def invites(self, user: str, channel: str) -> None:
        """A person or the bot becomes a member of a channel."""
        with self.workspace.lock:
            changes.join(self.workspace, user, channel)

    def removes(self, user: str, channel: str) -> None:
        """A person or the bot is taken out of a channel."""
        with self.workspace.lock:
            changes.leave(self.workspace, user, channel)

    def wait_until(self, predicate: Callable[[], Any], timeout: float = 30) -> Any:
        """Wait until the predicate gives something true, and return that."""
        deadline = time.monotonic() + timeout
        while not (result := predicate()):
            if time.monotonic() > deadline:
                raise TimeoutError(f"Not within {timeout} seconds; refusals so far: {self.refusals[-5:]}")
            time.sleep(0.01)
        return result

    # -- inside the thread

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as fault:  # handed to the thread that waits in start()
            self._fault = fault
        finally:
            self._started.set()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._sockets.reset()
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._host, self._port, reuse_address=True)
            try:
                await site.start()
            except OSError as fault:
                raise AddressInUse(fault.errno, _why(self._host, self._port, fault)) from None
            self._port = runner.addresses[0][1]
            self._api.base = self.url
            self._connect(self._loop)
            self._started.set()
            await self._stop.wait()
            self._disconnect()
            await self._live.stop()
            await self._delivery.stop()
        finally:
            await runner.cleanup()

    def _connect(self, loop: asyncio.AbstractEventLoop) -> None:
        self._delivery.start(loop)
        self._delivery.on_sent = lambda: self.workspace.changed("traffic")
        self._live.start(loop)
        self.workspace.outlet = self._delivery.event
        self.workspace.watchers.append(self._live.watch)

    def _disconnect(self) -> None:
        self.workspace.outlet = lambda event: None
        if self._live.watch in self.workspace.watchers:
            self.workspace.watchers.remove(self._live.watch)

    def _application(self) -> web.Application:
        app = web.Application(middlewares=[local_only], client_max_size=_BODY_BYTES)
        app.router.add_route("*", "/api/{method}", self._api.answer)
        app.router.add_get("/link", self._sockets.serve)
        app.router.add_post("/response/{key}", self._respond)
        app.router.add_post("/upload/{file}", self._upload)
        app.router.add_get("/ui/events", self._live.serve)
        Page(self).add_to(app.router)
        return app

    async def _respond(self, request: web.Request) -> web.Response:
        body = await read_arguments(request)
        try:
            with self.workspace.lock:
                answering.respond(self.workspace, request.match_info["key"], body)
        except Refusal as refusal:
            self._api.refuse("response_url", refusal)
            gone = refusal.error in ("used_url", "expired_url", "invalid_url")
            return web.json_response(refusal.answer(), status=404 if gone else 200)
        return web.json_response({"ok": True})

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        with self.workspace.lock:
            body, old = self.workspace.files.get(request.match_info["file"], ({}, b""))
            if not body or old or len(content) != body["size"]:
                return web.Response(status=400, text="not an upload that was asked for")
            self.workspace.files[body["id"]] = (body, content)
        return web.Response(text=f"OK - {len(content)}")


def _why(host: str, port: int, fault: OSError) -> str:
    return f"The local workspace cannot use {host}:{port} ({fault.strerror}). Choose another port."
