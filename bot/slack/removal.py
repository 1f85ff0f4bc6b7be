"""Steward is taken out of the workspace, or its token is taken back: whoever operates it must read that in the log."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack.errors import CREDENTIALS, code_of
from bot.slack.front import Front
from store.inbox import Arrived

log = logging.getLogger(__name__)


def removed(front: Front, arrived: Arrived, event: dict[str, Any]) -> None:
    """The event may be late, or about somebody else's token: what counts is whether Slack still takes ours.

    If it does not, the sender rests by itself at its first try, and everything owed is kept.
    """
    try:
        front.client.auth_test()
    except SlackApiError as error:
        code = code_of(error)
        if code not in CREDENTIALS:
            raise
        log.error(
            "Steward was removed from the workspace (%s): nothing is sent any more, and what is owed is kept. "
            "Install the app again, set SLACK_BOT_TOKEN to its new token, and start anew.",
            code,
            extra={"event": "app.removed", "kind": arrived.kind, "error": code},
        )
    else:
        log.info("A token was taken back, and ours still counts", extra={"kind": arrived.kind})
