"""Which scopes our token really has: Slack says so with each answer."""

from __future__ import annotations

from collections.abc import Callable

from slack_sdk import WebClient

from bot.slack.inspection import Answer, scopes

SECONDS = 60.0
"""How long it is remembered: an app can be installed anew, with more or with less, while we run."""


class Granted:
    """Raises what the client raises where Slack does not answer: then nobody knows."""

    def __init__(self, client: WebClient, clock: Callable[[], float]) -> None:
        self._client, self._clock = client, clock
        self._known: tuple[float, frozenset[str]] | None = None

    def __call__(self) -> frozenset[str]:
        """Nothing, where the server does not say it."""
        now = self._clock()
        if self._known is None or now - self._known[0] >= SECONDS:
            answer = self._client.auth_test()
            headers = {name.lower(): str(value) for name, value in answer.headers.items()}
            self._known = now, scopes(Answer({}, headers)) or frozenset()
        return self._known[1]
