"""Files as bytes, from Slack and to it: our token goes to nobody else."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, BinaryIO, TypeVar
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from slack_sdk import WebClient

log = logging.getLogger(__name__)

T = TypeVar("T")

SLACK_FILES = "files.slack.com"
SECONDS, WHOLE_SECONDS, PIECE = 10, 15, 256 * 1024
FILE_SECONDS = 120
"""Of silence, while a large file goes out or is looked at; nobody waits for it."""
PASSES = HTTPStatus.INTERNAL_SERVER_ERROR
"""From this code on it is Slack that is not well."""


class _Stay(HTTPRedirectHandler):
    """Our token goes to nobody to whom we are sent on."""

    def redirect_request(self, *asked: Any, **more: Any) -> None:
        return None


def fetched(client: WebClient, address: str, most: int, *, page: bool = False) -> bytes | None:
    """At most so many bytes; None where Slack does not give them, which it does not without the scope files:read.

    It answers with a page to sign in then, so what is a page is nothing, unless it is to be one (`page`). Raises
    OSError where it may go well later: the network, Slack's bad moments, and bytes that take too long.
    """
    if not _is_slacks(client, address):
        return None
    asked = Request(address, headers={"Authorization": f"Bearer {client.token}"})
    return _answered(asked, lambda answer: None if _is_page(answer) and not page else _read(answer, most))


def _is_page(answer: Any) -> bool:
    return "html" in (answer.headers.get("Content-Type") or "")


def _read(answer: Any, most: int) -> bytes:
    """In pieces: each of them may be in time, and all of them not."""
    until, found = time.monotonic() + WHOLE_SECONDS, b""
    while len(found) < most and (piece := answer.read(min(PIECE, most - len(found)))):
        found += piece
        if time.monotonic() > until:
            raise TimeoutError("a file took too long")
    return found


def put(client: WebClient, address: str, content: bytes) -> bool:
    """Whether Slack took them, at the address it gave for it; without our token, which it does not ask for there.

    Raises OSError where it may go well later.
    """
    if not _is_slacks(client, address):
        return False
    sent = Request(address, data=content, headers={"Content-Type": "application/octet-stream"})
    return bool(_answered(sent, lambda answer: bool(answer.status == HTTPStatus.OK)))


def put_file(client: WebClient, address: str, file: BinaryIO, size: int) -> bool:
    """The same of what is too large for memory: it goes as it is read."""
    if not _is_slacks(client, address):
        return False
    headers = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
    sent = Request(address, data=file, headers=headers)
    taken = _answered(sent, lambda answer: bool(answer.status == HTTPStatus.OK), seconds=FILE_SECONDS)
    return bool(taken)


def _answered(asked: Request, read: Callable[[Any], T | None], *, seconds: int = SECONDS) -> T | None:
    """None where it was refused for good."""
    try:
        with build_opener(_Stay).open(asked, timeout=seconds) as answer:
            return read(answer)
    except HTTPError as refused:
        if refused.code >= PASSES:
            raise
    except (HTTPException, ValueError) as problem:
        log.info("A file did not pass", extra={"problem": type(problem).__name__})
    return None


def _is_slacks(client: WebClient, address: str) -> bool:
    """Only Slack itself, or the server that stands in for it, and never one of its methods."""
    try:
        asked, ours = urlsplit(address), urlsplit(str(client.base_url))
    except ValueError:
        return False
    if asked.path.lower().lstrip("/").startswith("api"):
        return False
    return (asked.scheme, asked.hostname) == ("https", SLACK_FILES) or (
        (asked.scheme, asked.netloc) == (ours.scheme, ours.netloc) and bool(ours.netloc)
    )
