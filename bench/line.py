"""A Socket Mode connection of Slack's own client to a server here that sends one envelope and waits for its answer."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import struct
import threading
from itertools import count
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, PING, PONG = 1, 9, 10
PATIENCE = 20.0


class Line:
    """`app` None: whatever comes is acknowledged at once, without Bolt."""

    def __init__(self, app: App | None, spare: App) -> None:
        self._handler = SocketModeHandler(app or spare, "xapp-bench")
        if app is None:
            self._handler.client.socket_mode_request_listeners[:] = [_echo]
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self._handler.client.wss_uri = f"ws://127.0.0.1:{listening.getsockname()[1]}/link"
            self._accepting = _Accepting(listening)
            self._handler.connect()  # type: ignore[no-untyped-call]
            self._socket = self._accepting.socket()
        self._reader = self._socket.makefile("rb")
        self._numbers = count(1)

    def send(self, payload: dict[str, Any]) -> None:
        """One interaction, until its acknowledgement is here."""
        ident = f"envelope-{next(self._numbers)}"
        envelope = {
            "envelope_id": ident,
            "type": "interactive",
            "payload": payload,
            "accepts_response_payload": True,
        }
        self._put(TEXT, json.dumps(envelope).encode())
        while True:
            kind, said = self._take()
            if kind == PING:
                self._put(PONG, said)
            elif kind == TEXT and json.loads(said).get("envelope_id") == ident:
                return

    def close(self) -> None:
        self._socket.close()
        self._handler.client.auto_reconnect_enabled = False
        self._handler.close()  # type: ignore[no-untyped-call]

    def _put(self, kind: int, said: bytes) -> None:
        length = bytes([len(said)]) if len(said) < 126 else struct.pack("!BH", 126, len(said))
        self._socket.sendall(bytes([0x80 | kind]) + length + said)

    def _take(self) -> tuple[int, bytes]:
        first, second = self._reader.read(2)
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack("!H", self._reader.read(2))
        mask = self._reader.read(4)
        said = self._reader.read(length)
        return first & 0x0F, bytes(byte ^ mask[at % 4] for at, byte in enumerate(said))


class _Accepting:
    """Takes the one connection that comes, and shakes hands."""

    def __init__(self, listening: socket.socket) -> None:
        self._found: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, args=(listening,), daemon=True)
        self._thread.start()

    def _accept(self, listening: socket.socket) -> None:
        taken, _ = listening.accept()
        taken.settimeout(PATIENCE)
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        asked = b""
        while b"\r\n\r\n" not in asked:
            asked += taken.recv(4096)
        lines = [line.partition(":") for line in asked.decode().split("\r\n")]
        key = next(value.strip() for name, _, value in lines if name.lower() == "sec-websocket-key")
        proof = base64.b64encode(hashlib.sha1((key + MAGIC).encode()).digest()).decode()
        taken.sendall(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {proof}\r\n\r\n".encode()
        )
        self._found.append(taken)

    def socket(self) -> socket.socket:
        self._thread.join(PATIENCE)
        return self._found[0]


def _echo(client: Any, request: SocketModeRequest) -> None:
    client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
