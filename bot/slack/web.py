"""The HTTP door: Slack's requests and a health check, behind a production server.

Anybody can reach it, so a request is nothing but bytes until its signature is found to be Slack's.
"""

from __future__ import annotations

import logging
import os
import re
import socket
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier
from waitress import create_server

from bot.finding import Unreachable
from bot.slack.shape import UNREADABLE
from store.engine import Store
from store.errors import Unavailable

log = logging.getLogger(__name__)

EVENTS, HEALTH = "/slack/events", "/healthz"
THREADS = 16

MOST_BYTES = 2_000_000
"""Slack's largest payloads (a full window, a long message with its blocks) are a tenth of this."""

MOST_CONNECTIONS, PATIENCE_SECONDS = 800, 10
"""Who opens connections and says nothing, signed or not, is shown out soon, and needs many to fill the house."""

MOMENT = re.compile(r"[0-9]{1,12}")
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")

StartResponse = Callable[..., Any]


def always() -> bool:
    return True


class HealthDoor:
    """Says on a port of its own whether all is well; serves in its own thread. `port` 0 takes any free one.

    `is_well`: beside the database, which is asked each time.
    """

    def __init__(
        self, store: Store, *, port: int, is_well: Callable[[], bool] = always, host: str = "0.0.0.0"
    ) -> None:
        self._store, self._is_well, self._stopping = store, is_well, False
        try:
            bound = socket.create_server((host, port))
        except OSError as error:
            raise Unreachable(
                f"Port {port} cannot be opened ({os.strerror(error.errno or 0)}). "
                "Set PORT to a free one, or end the process that holds it."
            ) from error
        self._server = create_server(
            self._answer,
            sockets=[bound],
            threads=THREADS,
            ident="steward",
            max_request_body_size=MOST_BYTES,
            connection_limit=MOST_CONNECTIONS,
            asyncore_use_poll=True,
            channel_timeout=PATIENCE_SECONDS,
            cleanup_interval=PATIENCE_SECONDS // 2,
        )
        self._thread = threading.Thread(target=self._serve, name="web", daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.effective_port)

    def start(self) -> None:
        self._thread.start()

    def _serve(self) -> None:
        """Until `stop` has the sockets closed, which may meet its waiting as an error."""
        try:
            self._server.run()
        except (OSError, ValueError):
            if not self._stopping:
                raise

    def stop(self) -> None:
        """From inside its loop: from here it would notice only when its waiting ends, after a second."""
        self._stopping = True
        self._server.trigger.pull_trigger(self._server.close)
        self._thread.join(2.0)

    def _answer(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == HEALTH:
            return self._health(start_response)
        return _say(start_response, HTTPStatus.NOT_FOUND)

    def _health(self, start_response: StartResponse) -> Iterable[bytes]:
        try:
            self._store.ping()
        except Unavailable:
            return _say(start_response, HTTPStatus.SERVICE_UNAVAILABLE, "the database does not answer")
        if not self._is_well():
            return _say(start_response, HTTPStatus.SERVICE_UNAVAILABLE, "nothing is heard of Slack")
        return _say(start_response, HTTPStatus.OK, "ok")


class WebDoor(HealthDoor):
    """Takes Slack's requests as well. `secret`: what Slack signs with."""

    def __init__(self, app: App, store: Store, *, secret: str, port: int, host: str = "0.0.0.0") -> None:
        super().__init__(store, port=port, host=host)
        self._app, self._verifier = app, SignatureVerifier(secret)

    def _answer(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != EVENTS or environ.get("REQUEST_METHOD") != "POST":
            return super()._answer(environ, start_response)
        body = environ["wsgi.input"].read()
        if not self._is_from_slack(environ, body):
            log.warning("A request without Slack's signature was refused", extra={"event": "web.refused"})
            return _say(start_response, HTTPStatus.UNAUTHORIZED)
        try:
            request = _read(environ, body)
        except UNREADABLE:
            log.warning("A request could not be read", extra={"event": "web.unreadable"})
            return _say(start_response, HTTPStatus.BAD_REQUEST)
        return _pass_on(start_response, self._app.dispatch(request))

    def _is_from_slack(self, environ: dict[str, Any], body: bytes) -> bool:
        """The shape first: the verifier raises on what is no number, no ASCII or no UTF-8."""
        moment = environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "")
        signature = environ.get("HTTP_X_SLACK_SIGNATURE", "")
        if not MOMENT.fullmatch(moment) or not SIGNATURE.fullmatch(signature):
            return False
        try:
            return self._verifier.is_valid(body, moment, signature)
        except UnicodeDecodeError:
            return False


def _read(environ: dict[str, Any], body: bytes) -> BoltRequest:
    """Only the headers that Slack's signature was checked with go on: others would steer Bolt unsigned."""
    headers = {
        "content-type": environ.get("CONTENT_TYPE", ""),
        "x-slack-request-timestamp": environ["HTTP_X_SLACK_REQUEST_TIMESTAMP"],
        "x-slack-signature": environ["HTTP_X_SLACK_SIGNATURE"],
    }
    return BoltRequest(body=body.decode(), headers=headers)


def _say(start_response: StartResponse, status: HTTPStatus, words: str = "") -> Iterable[bytes]:
    start_response(f"{status.value} {status.phrase}", [("Content-Type", "text/plain")])
    return [f"{words or status.phrase}\n".encode()]


def _pass_on(start_response: StartResponse, answer: BoltResponse) -> Iterable[bytes]:
    headers = [(name, value) for name, values in answer.headers.items() for value in values]
    start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
    return [answer.body.encode()]
