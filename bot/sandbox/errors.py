"""What the stand-in says when it will not do something: to the app or to the person who acts."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """An API call that Slack would answer with `{"ok": false, "error": …}`."""

    def __init__(self, error: str, detail: str = "", messages: list[str] | None = None, **more: str) -> None:
        super().__init__(f"{error}: {detail}" if detail else error)
        self.error = error
        self.detail = detail
        self.messages = messages or []
        self.more = more

    def answer(self) -> Json:
        """The JSON body for the app."""
        body: Json = {"ok": False, "error": self.error} | self.more
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body


class TooFast(Refusal):
    """A call that came too early; answered with HTTP 429 and `Retry-After`."""

    def __init__(self, detail: str, retry_after: int) -> None:
        super().__init__("ratelimited", detail)
        self.retry_after = retry_after


class Impossible(LookupError):
    """A person tried something that they cannot do in Slack, such as pressing a button that is not there."""
