"""Bolt and its doors: what comes in is stored before it is acknowledged; an exception never acknowledges."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.slack import called, handed, pressed
from bot.slack.front import Front
from bot.slack.payloads import Body, to_call, to_press, to_shortcut, to_submission, to_who, whole
from store import inbox
from store.errors import Unavailable

log = logging.getLogger(__name__)

ANY = re.compile(".*", re.DOTALL)

FROM_SLACK = "from_slack"
"""The mark of a request that Slack was found to have sent; without it nobody is told anything."""


def build(front: Front, client: WebClient, signing_secret: str, arrived: Callable[[], None]) -> App:
    """The app with one listener for each kind of thing; `arrived` is called when an event lies in the inbox."""
    logging.getLogger("slack_bolt.App").addFilter(_worth_saying)
    app = App(
        name="steward",  # else Bolt looks for a name in the source of all that is imported
        client=client,
        authorize=_as_ourselves(client),
        signing_secret=signing_secret,
        process_before_response=True,
        token_verification_enabled=False,
        request_verification_enabled=bool(signing_secret),
        raise_error_for_unhandled_request=True,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=True,
    )
    app.middleware(_let_in)
    app.middleware(_keep_events(front, arrived))
    _listen(app, front)
    app.error(_Broken(front))
    return app


def _as_ourselves(client: WebClient) -> Callable[..., AuthorizeResult]:
    """Else Bolt asks Slack who we are at the first request, and acknowledges one it could not ask about."""

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    return authorize


def _worth_saying(record: logging.LogRecord) -> bool:
    """Bolt warns that it takes the token from the client it is given, which is what we want."""
    return "`token` will be unused" not in record.getMessage()


def _let_in(req: BoltRequest, next: Callable[[], Any]) -> None:
    """Runs behind Bolt's own check of the signature: from here on it is Slack that speaks."""
    req.context[FROM_SLACK] = True
    req.body = whole(req.body)
    next()


def _keep_events(front: Front, arrived: Callable[[], None]) -> Callable[..., Any]:
    """An event is a row in the inbox before Slack hears that we have it; what cannot be stored comes again."""

    def keep(req: BoltRequest, next: Callable[[], Any]) -> BoltResponse | None:
        body: Body = req.body
        if body.get("type") != "event_callback":
            next()
            return None
        event: Body = body.get("event") or {}
        with front.office.store.write() as session:
            new = inbox.put(
                session,
                key=f"event:{body.get('event_id')}",
                kind=str(event.get("type", "")),
                payload=dict(body),
                now=front.office.now(),
                lane=_lane(event),
                turn=str(event.get("event_ts") or event.get("ts") or ""),
            )
        if new:
            arrived()
        return BoltResponse(status=200, body="")

    return keep


def _lane(event: Body) -> str:
    """What is said in one channel, or of one person, is worked off in order."""
    about = event.get("channel") or event.get("user") or ""
    return str(about.get("id", "") if isinstance(about, dict) else about)


def _listen(app: App, front: Front) -> None:
    """One listener for each kind: dispatch is a linear search, so the tables are ours."""

    @app.action(ANY)
    def press(ack: Ack, body: dict[str, Any]) -> None:
        pressed.pressed(front, to_press(body))
        ack()

    @app.view(ANY)
    def hand_in(ack: Ack, body: dict[str, Any]) -> None:
        ack(**handed.handed(front, to_submission(body)))

    @app.view_closed(ANY)
    def close(ack: Ack) -> None:
        ack()

    @app.command(ANY)
    def call(ack: Ack, body: dict[str, Any]) -> None:
        ack(**called.called(front, to_call(body)))

    @app.shortcut(ANY)
    def shortcut(ack: Ack, body: dict[str, Any]) -> None:
        called.shortcut(front, to_shortcut(body))
        ack()

    @app.options(ANY)
    def suggest(ack: Ack) -> None:
        ack(options=[])


class _Broken:
    """Tells the person a reference and what was kept; returns nothing, so that nothing is acknowledged."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def __call__(self, error: Exception, body: dict[str, Any], context: BoltContext) -> BoltResponse | None:
        if isinstance(error, BoltUnhandledRequestError):
            log.warning("Slack sent something this version does not know", extra={"type": body.get("type")})
            return BoltResponse(status=200, body="")
        reference = secrets.token_hex(2).upper()
        log.error("A request could not be answered", extra={"reference": reference}, exc_info=error)
        if context.get(FROM_SLACK):
            self._tell(body, reference, error)
        return BoltResponse(status=500, body="")

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
