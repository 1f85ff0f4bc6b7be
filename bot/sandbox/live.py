"""Live updates for the page: server-sent events that say what to look at again, never what is in it."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from bot.sandbox.errors import Json

_END: Json = {"what": "end"}


class Live:
    """Passes changes of the workspace to every open page that may know of them."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pages: dict[asyncio.Queue[Json], str] = {}

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to pass changes on."""
        self._loop = loop

    def watch(self, change: Json) -> None:
        """Take a change from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._spread, change)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One page's stream."""
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await stream.prepare(request)
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._pages[queue] = request.query.get("as", "")
        try:
            await stream.write(b": hello\n\n")
            while (change := await self._next(queue)) is not _END:
                line = f"data: {json.dumps(change)}\n\n" if change else ": still here\n\n"
                await stream.write(line.encode())
        except ConnectionError:
            pass
        finally:
            self._pages.pop(queue, None)
        return stream

    async def stop(self) -> None:
        """End all streams."""
        for queue in self._pages:
            queue.put_nowait(_END)
        await asyncio.sleep(0)

    async def _next(self, queue: asyncio.Queue[Json]) -> Json:
        try:
            return await asyncio.wait_for(queue.get(), 15)
        except TimeoutError:
            return {}

    def _spread(self, change: Json) -> None:
        for queue, user in self._pages.items():
            if change.get("to") in (None, user):
                queue.put_nowait(change)
