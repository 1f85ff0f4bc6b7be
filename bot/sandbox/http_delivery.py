"""Delivery over HTTP: signed requests to the app's own address."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.delivery import Ack, Kind
from bot.sandbox.errors import Json

REDIRECTS = 2
"""So many are followed; the next is one too many."""


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature over the raw body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpDelivery:
    """Sends to one address; events as JSON, all else as a form."""

    def __init__(self, url: str, secret: str) -> None:
        self._url, self._secret = url, secret
        self._session: aiohttp.ClientSession | None = None

    def is_ready(self) -> bool:
        """Always: whether somebody answers shows in the sending."""
        return True

    async def ready(self) -> None:
        """Nothing to wait for."""

    async def send(self, kind: Kind, payload: Json, attempt: int, reason: str, deadline: float) -> Ack:
        """Send one signed request."""
        body, content_type = _encode(kind, payload)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (local workspace)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        if self._session is None:
            # Nothing is kept open between two requests: the app would wait for it before it ends.
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True))
        limit = aiohttp.ClientTimeout(total=deadline)
        try:
            post = self._session.post(
                self._url, data=body, headers=headers, timeout=limit, max_redirects=REDIRECTS + 1
            )
            async with post as answer:
                return await _read(answer)
        except aiohttp.TooManyRedirects:
            return Ack(problem="too_many_redirects")
        except TimeoutError:
            return Ack(problem="http_timeout")
        except (aiohttp.ClientError, OSError):
            return Ack(problem="connection_failed")

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None
            await asyncio.sleep(0)


def _encode(kind: Kind, payload: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = {"payload": json.dumps(payload)} if kind == "interactive" else payload
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


async def _read(answer: aiohttp.ClientResponse) -> Ack:
    text = await answer.text()
    if not 200 <= answer.status < 300:
        return Ack(problem="http_error", final=answer.headers.get("X-Slack-No-Retry") == "1")
    if answer.content_type == "application/json" and text.strip():
        try:
            body = json.loads(text)
        except ValueError:
            return Ack(problem="http_error")
        return Ack(payload=body if isinstance(body, dict) else {})
    return Ack(payload={"text": text} if text.strip() else {})
