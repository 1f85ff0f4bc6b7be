"""A file is fetched from Slack alone: our token is shown to nobody else, and nothing but a text comes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest

from bot.slack.filed import fetched

ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "/good": (200, "text/plain", b"rules: []"),
    "/page": (200, "text/html; charset=utf-8", b"<html>"),
    "/binary": (200, "application/octet-stream", b"\xff\xfe\x00"),
    "/gone": (404, "text/plain", b""),
    "/away": (302, "text/plain", b""),
}


class Files(ThreadingHTTPServer):
    """Says what it was asked, and with which token."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []
        self.onward = ""

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Files

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Authorization", "")))
        status, kind, body = ANSWERS[self.path]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status == 302:
            self.send_header("Location", self.server.onward)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def slack() -> Iterator[Files]:
    yield from serving()


@pytest.fixture
def elsewhere() -> Iterator[Files]:
    yield from serving()


def serving() -> Iterator[Files]:
    server = Files()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def a_front(slack: Files) -> Any:
    return SimpleNamespace(client=SimpleNamespace(token="xoxb-ours", base_url=f"{slack.base}/api/"))


def test_a_text_comes_back(slack: Files) -> None:
    assert fetched(a_front(slack), f"{slack.base}/good") == "rules: []"
    assert slack.asked == [("/good", "Bearer xoxb-ours")]


@pytest.mark.parametrize("path", ["/page", "/binary", "/gone", "/away"])
def test_what_is_no_text_is_none(slack: Files, path: str) -> None:
    assert fetched(a_front(slack), slack.base + path) is None


def test_our_token_goes_to_nobody_else(slack: Files, elsewhere: Files) -> None:
    slack.onward = f"{elsewhere.base}/good"
    front = a_front(slack)
    for address in (
        f"{elsewhere.base}/good",
        f"{slack.base}/away",
        f"http://files.slack.com@127.0.0.1:{elsewhere.server_port}/good",
        f"http://127.0.0.1:{slack.server_port}@127.0.0.1:{elsewhere.server_port}/good",
        "file:///etc/hostname",
        "http://[",
        "",
    ):
        assert fetched(front, address) is None, address
    assert elsewhere.asked == []


@pytest.mark.parametrize("path", ["/api/chat.delete?channel=C1&ts=1.1", "//api/good", "/API/good"])
def test_no_method_of_slack_is_called_by_the_address_of_a_file(slack: Files, path: str) -> None:
    """Slack takes arguments in the address too; whoever writes one could so act as us."""
    assert fetched(a_front(slack), slack.base + path) is None
    assert slack.asked == []
