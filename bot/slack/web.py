"""The HTTP door: Slack's requests and a health check, behind a production server."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from waitress import create_server

from store.engine import Store
from store.errors import Unavailable

EVENTS, HEALTH = "/slack/events", "/healthz"
THREADS = 16

StartResponse = Callable[..., Any]


class WebDoor:
    """Serves in its own thread; `port` 0 takes any free one."""

    def __init__(self, app: App, store: Store, *, port: int, host: str = "0.0.0.0") -> None:
        self._slack = SlackRequestHandler(app, path=EVENTS)
        self._store = store
        try:
            self._server = create_server(self._answer, host=host, port=port, threads=THREADS, ident="steward")
        except OSError as error:
            raise OSError(
                f"Port {port} cannot be opened ({error.strerror}). Nothing was started. "
                "Set PORT to a free one, or end the process that holds it."
            ) from error
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.effective_port)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.close()
        self._thread.join(2.0)

    def _answer(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == HEALTH:
            return self._health(start_response)
        answer: Iterable[bytes] = self._slack(environ, start_response)
        return answer

    def _health(self, start_response: StartResponse) -> Iterable[bytes]:
        """Well while the database answers."""
        try:
            self._store.ping()
        except Unavailable:
            start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
            return [b"the database does not answer\n"]
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ok\n"]
