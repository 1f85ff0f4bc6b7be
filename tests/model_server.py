"""A server on this machine that speaks like OpenAI's, and plays what a model may be: slow, broken, lying, hostile."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

Json = dict[str, Any]


class Play(NamedTuple):
    """What the server does with one question."""

    body: bytes = b""
    status: int = 200
    kind: str = "application/json"
    wait: float = 0.0
    drip: float = 0.0
    hang_up: bool = False


def says(text: str | None, *, tokens: int = 100, **more: Any) -> Play:
    """An answer of the usual shape."""
    message = {"role": "assistant", "content": text, **more}
    usage = {"prompt_tokens": tokens - 10, "completion_tokens": 10, "total_tokens": tokens}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    whole = {
        "id": "x",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [choice],
        "usage": usage,
    }
    return Play(json.dumps(whole).encode("utf-8", "surrogatepass"))


def gives(value: Any, **more: Any) -> Play:
    return says(json.dumps(value), **more)


def fails(status: int) -> Play:
    return Play(json.dumps({"error": {"message": "no", "type": "x", "code": "x"}}).encode(), status)


Answering = Callable[[Json], Play]


class ModelServer:
    """`plays`: what is done next, the last for ever; `asked`: every question as it came, in order."""

    def __init__(self) -> None:
        self.plays: list[Play | Answering] = [says("{}")]
        self.asked: list[Json] = []
        self.keys: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def model(self) -> str:
        """As it stands in a settings file."""
        return f"openai/local http://127.0.0.1:{self._server.server_address[1]}/v1"

    def play(self, *plays: Play | Answering) -> None:
        self.plays = list(plays)

    def words(self, number: int = -1) -> str:
        """All that left with a question."""
        return "\n".join(str(each["content"]) for each in self.asked[number]["messages"])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _next(self, question: Json) -> Play:
        self.asked.append(question)
        now = self.plays.pop(0) if len(self.plays) > 1 else self.plays[0]
        return now if isinstance(now, Play) else now(question)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.keys.append(self.headers.get("Authorization", ""))
                play = server._next(asked)
                with suppress(OSError):  # whoever asked did not wait
                    self._answer(play)

            def _answer(self, play: Play) -> None:
                time.sleep(play.wait)
                if play.hang_up:
                    self.connection.close()
                    return
                self.send_response(play.status)
                self.send_header("Content-Type", play.kind)
                self.send_header("Content-Length", str(len(play.body)))
                self.end_headers()
                for at in range(0, len(play.body), 16 if play.drip else max(len(play.body), 1)):
                    self.wfile.write(play.body[at : at + 16] if play.drip else play.body)
                    self.wfile.flush()
                    time.sleep(play.drip)

            def log_message(self, *said: Any) -> None:
                pass

        return Handler


@contextmanager
def a_model() -> Iterator[ModelServer]:
    server = ModelServer()
    try:
        yield server
    finally:
        server.close()
