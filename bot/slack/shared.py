"""Which channels are read by people of other organisations: of the register nothing is said there."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.errors import code_of
from bot.slack.inspection import is_shared

log = logging.getLogger(__name__)

SECONDS, AGAIN_SECONDS = 600.0, 60.0
"""How long an answer counts, and for how long nobody asks again where there was none."""


class Shared:
    """What Slack does not say counts as shared, unless it said otherwise before: others hear in its place."""

    def __init__(self, client: WebClient, clock: Callable[[], float]) -> None:
        self._client, self._clock = client, clock
        self._known: dict[str, tuple[float, bool]] = {}

    def __call__(self, channel: str) -> bool:
        now = self._clock()
        until, known = self._known.get(channel, (now, True))
        if until <= now:
            self._known[channel] = self._asked(channel, now, known)
        return self._known[channel][1]

    def _asked(self, channel: str, now: float, known: bool) -> tuple[float, bool]:
        try:
            return now + SECONDS, is_shared(self._client.conversations_info(channel=channel)["channel"])
        except (SlackApiError, OSError, KeyError) as error:
            code = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.info("Slack did not say who reads a channel", extra={"error": code})
            return now + AGAIN_SECONDS, known
