"""What cannot be answered: who pressed is told, and what was not kept is not acknowledged."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from slack_bolt import BoltContext, BoltRequest, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot.slack.front import Front
from bot.slack.payloads import to_press, to_who
from store.errors import Unavailable
from triage.outcome import Refused

log = logging.getLogger(__name__)

FROM_SLACK = "from_slack"
"""The mark of a request that Slack was found to have sent; without it nobody is told anything."""

IN_SILENCE = frozenset({"event_callback", "view_closed", "block_suggestion"})
"""Nobody pressed anything, or a menu asked, which has no place for a sentence."""


class Amiss:
    """Tells the person a reference and what was kept; returns nothing, so that nothing is acknowledged."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def __call__(self, error: Exception, body: dict[str, Any], context: BoltContext) -> BoltResponse | None:
        if isinstance(error, BoltUnhandledRequestError):
            return self._unknown(body)
        if isinstance(error, Refused):
            log.warning("Nobody is there to be told of a refusal", extra={"because": error.key})
            return BoltResponse(status=200, body="")
        reference = secrets.token_hex(2).upper()
        log.error("A request could not be answered", extra={"reference": reference}, exc_info=error)
        if context.get(FROM_SLACK):
            self._tell(body, reference, error)
        return BoltResponse(status=500, body="")

    def unknown(self, request: BoltRequest, stumble: Exception) -> BoltResponse:
        """What Bolt itself stumbles over is in no shape that Slack gives anything."""
        log.warning("Bolt could not read a request", extra={"error": type(stumble).__name__})
        if not request.context.get(FROM_SLACK):
            return BoltResponse(status=400, body="")
        return self._unknown(request.body)

    def _unknown(self, body: dict[str, Any]) -> BoltResponse:
        """Taken and logged; who pressed something hears that nothing came of it."""
        log.warning("Slack sent something this version does not know", extra={"type": body.get("type")})
        who, press = to_who(body), to_press(body)
        if body.get("type") not in IN_SILENCE and self._front.directory.is_user(who.user):
            person, refusal = self._front.person(who), Refused("unknown_button")
            self._front.refuse(refusal, person, channel=press.channel, thread=press.thread, key=press.key)
        return BoltResponse(status=200, body="")

    def _tell(self, body: dict[str, Any], reference: str, error: Exception) -> None:
        """Straight to Slack: the store may be what is broken."""
        channel = (
            (body.get("channel") or {}).get("id")
            if isinstance(body.get("channel"), dict)
            else body.get("channel_id")
        )
        user = to_who(body).user
        key = "fault.store" if isinstance(error, Unavailable) else "fault.ours"
        try:
            text = self._front.spare_words.line(key, reference=reference)
            if channel and user:
                self._front.client.chat_postEphemeral(channel=channel, user=user, text=text)
            elif user:
                self._front.client.chat_postMessage(channel=user, text=text)
        except Exception:
            log.exception("The person could not be told either", extra={"reference": reference})
