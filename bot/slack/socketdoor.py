"""The door of Socket Mode: Bolt's own, which does not stumble over what it cannot read."""

from __future__ import annotations

import logging
import time

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.slack.shape import UNREADABLE, fitting

log = logging.getLogger(__name__)


SILENT_PINGS = 2
"""After so many pings without an answer the socket counts as silent; after four the client opens another."""


class SocketDoor(SocketModeHandler):
    _seen: tuple[str, float] = ("", 0.0)

    def is_well(self) -> bool:
        """Whether a socket is open on which Slack answered lately; a new one is given the same time."""
        session = self.client.current_session
        if session is None or not session.is_active():
            return False
        if self._seen[0] != session.session_id:
            self._seen = (session.session_id, time.time())
        heard = max(session.last_ping_pong_time or 0.0, self._seen[1])
        return time.time() - heard <= SILENT_PINGS * self.client.ping_interval

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """What is no payload even without its odd parts is taken and let go: Slack would only send it again."""
        try:
            super().handle(client, req)
        except UNREADABLE:
            self._without_odd_parts(client, req)

    def _without_odd_parts(self, client: SocketModeClient, req: SocketModeRequest) -> None:
        try:
            req.payload = fitting(req.payload)
            super().handle(client, req)
        except UNREADABLE:
            log.warning("An envelope could not be read", extra={"event": "socket.unreadable"})
            client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
