"""How often the app may call: a tier for each method, and one post a second for each conversation.

Slack promises "so many and more" and bears short bursts without saying which. Here a burst may be a minute's worth
of a tier, or five posts; after it, the pace holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import TooFast

A_MINUTE = {2: 20, 3: 50, 4: 100}
TIERS = {
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "dnd.info": 3,
    "files.completeUploadExternal": 4,
    "files.getUploadURLExternal": 4,
    "files.info": 4,
    "reactions.add": 3,
    "reactions.get": 3,
    "reactions.remove": 2,
    "team.info": 3,
    "usergroups.list": 2,
    "usergroups.users.list": 2,
    "users.info": 4,
    "users.list": 2,
    "users.lookupByEmail": 3,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
UNLIMITED = {"api.test", "apps.connections.open", "auth.test", "chat.getPermalink"}
"""Special and generous, Slack says of these and names no number; how often a socket may be opened is not settled."""

POSTS = "chat.postMessage"
POST_SECONDS, POSTS_AT_ONCE = 1.0, 5


@dataclass
class Bucket:
    """Fills with one permit every `seconds`, up to `most`."""

    seconds: float
    most: int
    filled: float
    at: float

    def take(self, now: float) -> float:
        """Take one permit; without one, how many seconds are left until there is."""
        self.filled = min(self.most, self.filled + (now - self.at) / self.seconds)
        self.at = now
        if self.filled < 1:
            return (1 - self.filled) * self.seconds
        self.filled -= 1
        return 0.0


class Rates:
    """Counts the calls of the app by the workspace's clock."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: dict[str, Bucket] = {}

    def check(self, method: str, channel: str = "") -> None:
        """Refuse a call that comes too early; `channel` counts for posts."""
        if method == POSTS:
            self._take(f"{method} {channel}", POST_SECONDS, POSTS_AT_ONCE)
        elif method in TIERS:
            minute = A_MINUTE[TIERS[method]]
            self._take(method, 60.0 / minute, minute)

    def _take(self, name: str, seconds: float, most: int) -> None:
        now = self._clock()
        bucket = self._buckets.setdefault(name, Bucket(seconds, most, most, now))
        if left := bucket.take(now):
            raise TooFast(f"{name}: the next in {left:.1f} seconds", math.ceil(left))
