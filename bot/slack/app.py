"""Bolt and its doors: what comes in is stored before it is acknowledged; an exception never acknowledges."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.slack import called, handed, hinted, inchannel, marked, pressed
from bot.slack.amiss import FROM_SLACK, Amiss
from bot.slack.discussing import is_elsewhere
from bot.slack.echoes import is_echo
from bot.slack.front import Front
from bot.slack.payloads import Body, to_call, to_press, to_shortcut, to_submission
from bot.slack.shape import UNREADABLE, fitting, is_damaged
from store import inbox

log = logging.getLogger(__name__)

DAMAGED = "damaged"
"""Stands for a type that the rest does not fit; nobody listens to it, so it is told and logged as unknown."""

NAMES = frozenset({"type", "command", "ssl_check"})
"""One of these tells what a payload is."""

ANY = re.compile(".*", re.DOTALL)


def build(front: Front, client: WebClient, signing_secret: str, arrived: Callable[[], None]) -> App:
    """The app with one listener for each kind of thing; `arrived` is called when an event lies in the inbox."""
    app = _Fitting(
        name="steward",  # else Bolt looks for a name in the source of all that is imported
        client=client,
        logger=_quiet(),
        authorize=_as_ourselves(client),
        signing_secret=signing_secret,
        process_before_response=True,
        token_verification_enabled=False,
        request_verification_enabled=bool(signing_secret),
        raise_error_for_unhandled_request=True,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=True,
    )
    app.middleware(_keep_events(front, arrived))
    _listen(app, front)
    app.amiss = Amiss(front)
    app.error(app.amiss)
    return app


class _Fitting(App):
    """Bolt, which is only given what has the shape that it and everybody behind it reads."""

    amiss: Amiss

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        req.body = fitting(req.body)
        if req.body and NAMES.isdisjoint(req.body):
            log.warning("Something came that says nothing of what it is", extra={"event": "app.nameless"})
            return BoltResponse(status=400, body="")
        if is_damaged(req.body):
            req.body["type"] = DAMAGED
        try:
            return super().dispatch(req)
        except UNREADABLE as stumble:
            return self.amiss.unknown(req, stumble)


def _as_ourselves(client: WebClient) -> Callable[..., AuthorizeResult]:
    """Else Bolt asks Slack who we are at the first request, and acknowledges one it could not ask about."""

    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    return authorize


def _quiet() -> logging.Logger:
    """Else Bolt takes the level of the root, and at debug logs whole payloads: what people wrote, and who."""
    bolt = logging.getLogger("slack_bolt")
    bolt.setLevel(logging.WARNING)
    bolt.addFilter(_worth_saying)
    return bolt


def _worth_saying(record: logging.LogRecord) -> bool:
    """Bolt warns that it takes the token from the client, or from what it was told; both are what we want."""
    return not any(word in record.getMessage() for word in ("`token` will be unused", "will be ignored"))


def _keep_events(front: Front, arrived: Callable[[], None]) -> Callable[..., Any]:
    """An event is a row in the inbox before Slack hears that we have it; what cannot be stored comes again."""

    def keep(req: BoltRequest, next: Callable[[], Any]) -> BoltResponse | None:
        """Runs behind Bolt's own check of the signature: from here on it is Slack that speaks."""
        body: Body = req.body
        req.context[FROM_SLACK] = True
        if body.get("type") != "event_callback":
            next()
            return None
        event: Body = body.get("event") or {}
        if not body.get("event_id") or not event.get("type"):
            log.warning("An event without a name or an id was let go", extra={"event": "event.nameless"})
            return BoltResponse(status=200, body="")
        if _is_noticed(front, body, event):
            arrived()
        if is_echo(body, event) or _is_elsewhere(front, body, event):
            return BoltResponse(status=200, body="")
        with front.office.store.write() as session:
            new = inbox.put(
                session,
                key=f"event:{body.get('event_id')}",
                kind=str(event["type"]),
                payload=dict(body),
                now=front.office.now(),
                lane=_lane(event),
                turn=str(event.get("event_ts") or event.get("ts") or ""),
            )
        if new:
            arrived()
        return BoltResponse(status=200, body="")

    return keep


def _is_noticed(front: Front, body: Body, event: Body) -> bool:
    """Whether a tool in it is hinted at; a question is answered instead."""
    if is_echo(body, event) or inchannel.is_question(front, body, event):
        return False
    return hinted.notice(front, body, event)


def _is_elsewhere(front: Front, body: Body, event: Body) -> bool:
    """What people write or do in channels is let go here, but for what was switched on."""
    if is_elsewhere(front, body, event) and not inchannel.is_question(front, body, event):
        return True
    return marked.is_elsewhere(front, event)


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
