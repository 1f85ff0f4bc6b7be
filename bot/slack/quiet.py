"""Who wants to hear nothing now: Slack's own quiet hours and pauses, where the app may ask for them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.directory import Directory
from bot.slack.granted import Granted

log = logging.getLogger(__name__)

SCOPE = "dnd:read"


class Quiet:
    """Asked shortly before somebody is written to by the clock; what Slack does not say holds nothing up."""

    def __init__(
        self, client: WebClient, directory: Directory, granted: Granted, now: Callable[[], datetime]
    ) -> None:
        self._client, self._directory, self._granted, self._now = client, directory, granted, now

    def __call__(self, person: str) -> datetime | None:
        """Until when; None for somebody who may be written to."""
        user = self._directory.user(person)
        try:
            if user is None or SCOPE not in self._granted():
                return None
            return until(self._client.dnd_info(user=user).data, self._now())
        except (SlackApiError, OSError) as problem:
            log.info(
                "Slack did not say whether somebody wants quiet", extra={"error": type(problem).__name__}
            )
            return None


def until(told: Any, now: datetime) -> datetime | None:
    """A pause that somebody set, else the hours of every day."""
    ends = [_moment(told.get("snooze_endtime"))] if told.get("snooze_enabled") else []
    begins, ended = (_moment(told.get(f"next_dnd_{name}_ts")) for name in ("start", "end"))
    if told.get("dnd_enabled") and begins is not None and begins <= now:
        ends.append(ended)
    found = [each for each in ends if each is not None and each > now]
    return max(found, default=None)


def _moment(stamp: object) -> datetime | None:
    """Slack says 1 where there are no such hours."""
    return datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, int | float) and stamp > 1 else None
