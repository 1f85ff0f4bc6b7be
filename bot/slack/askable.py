"""Whether channels can be asked in: all of them looked up at once, since whoever chose them waits for the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.slack.front import Front
from bot.slack.inspection import is_shared

SECONDS = 1.5
"""For all of them together: Slack gives up on a window after three, and what follows takes its time too."""
PUBLIC = "chat:write.public"
UNSEEN = frozenset({"channel_not_found", "missing_scope"})
"""What Slack says of a channel that we are not in."""


def obstacle(front: Front, channels: Sequence[str]) -> str:
    """Why nothing can be asked in one of these, `unsaid` where Slack does not tell in time; nothing where it can."""
    if not channels:
        return ""
    pool = ThreadPoolExecutor(len(channels), thread_name_prefix="channels")
    try:
        asked = [pool.submit(_look_up, front, each) for each in channels]
        said = wait(asked, timeout=SECONDS).done
        found = [_obstacle(front, each.result()) if each in said else "unsaid" for each in asked]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return next((each for each in sorted(found, key="unsaid".__eq__) if each), "")


def _look_up(front: Front, channel: str) -> Mapping[str, Any] | str:
    """What Slack knows of it, or why it did not say."""
    try:
        known: Mapping[str, Any] = front.directory.quick.conversations_info(channel=channel)["channel"]
        return known
    except SlackApiError as refusal:
        return "outside" if refusal.response.get("error") in UNSEEN else "unsaid"
    except (SlackClientError, OSError, KeyError):
        return "unsaid"


def _obstacle(front: Front, known: Mapping[str, Any] | str) -> str:
    if isinstance(known, str):
        return known
    if is_shared(known):
        return "shared"
    return "" if known.get("is_member") or PUBLIC in front.granted() else "outside"
