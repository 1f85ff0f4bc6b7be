"""Sends what is owed: one lane at a time in order, patient where Slack says wait, and never twice knowingly."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import Any
from uuid import uuid4

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.directory import Directory
from bot.slack.drawing import Drawing, Drawn
from store import outbox, redelivery
from store.addresses import find
from store.engine import Store
from store.errors import Unavailable
from store.outbox import Owed
from store.owed import CARD
from store.records import USE

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
CALL = timedelta(seconds=12)
"""How long one message may take at most: a call waits ten seconds for its answer."""
IDLE_SECONDS = 1.0
BATCH = 10
EVENT_TYPE = "steward_owed"

WAIT = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
AMBIGUOUS = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
GONE = frozenset(
    {"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive", "thread_not_found"}
)
LIMITS = frozenset(
    {"invalid_blocks", "msg_blocks_too_long", "msg_too_long", "block_mismatch", "invalid_arguments"}
)
CLOSED_TO_US = frozenset(
    {"missing_scope", "not_in_channel", "channel_not_found", "thread_not_found", "unknown_method",
     "method_not_supported_for_channel_type", "not_allowed_token_type", "no_permission"}
)  # fmt: skip
CLOCKS_DIFFER = timedelta(minutes=5)
"""Slack's clock and ours; a message cannot be older than its row by more than this."""
CREDENTIALS = frozenset({"token_revoked", "token_expired", "account_inactive", "invalid_auth", "not_authed"})


class Sender:
    """One loop; several may run, in one process or many, because every row is claimed."""

    def __init__(self, store: Store, client: WebClient, directory: Directory, drawing: Drawing) -> None:
        self._store, self._client, self._directory, self._drawing = store, client, directory, drawing
        self._holder = uuid4().hex
        self._bell = threading.Event()
        self._stopping = False

    def wake(self) -> None:
        self._bell.set()

    def stop(self) -> None:
        self._stopping = True
        self._bell.set()

    def run(self) -> None:
        """Send until stopped; a failure of ours is logged and tried again, never fatal."""
        while not self._stopping:
            self._bell.clear()
            try:
                busy = self.work()
            except Exception:
                log.exception("The sender stumbled and goes on", extra={"event": "sender.stumbled"})
                busy = False
            if not busy:
                self._bell.wait(IDLE_SECONDS)

    def work(self) -> bool:
        """One round; False if nothing was to be sent."""
        now = self._store.now()
        with self._store.read() as session:
            if not redelivery.any_ready(session, now=now):
                return False
        with self._store.write() as session:
            doubtful = outbox.claim_unknown(session, now=now, holder=self._holder, lease=LEASE, limit=BATCH)
            ready = outbox.claim(session, now=now, holder=self._holder, lease=LEASE, limit=BATCH)
        for owed in doubtful:
            self._reconcile(owed)
        for owed in ready:
            if self._store.now() > now + LEASE - CALL:
                break  # too late to send as ours: somebody else may soon look whether it was sent
            self._send(owed)
        return bool(doubtful or ready)

    def _send(self, owed: Owed) -> None:
        try:
            drawn = self._drawing.draw(owed)
        except Unavailable:
            raise
        except Exception as bug:
            # One message that cannot be drawn must not hold up the others: later again, in the end put aside.
            log.exception("A message could not be drawn", extra={"owed": owed.id})
            problem = type(bug).__name__
            self._close(owed, lambda s: outbox.failed(s, owed.id, problem, now=self._store.now()))
            return
        if drawn is None:
            self._close(owed, lambda s: outbox.drop(s, owed.id, "nothing left to say"))
            return
        try:
            sent = self._call(owed, drawn)
        except LostPlace:
            self._close(owed, lambda s: outbox.park(s, owed.id, "its place or person is not known"))
        except SlackApiError as error:
            self._refused(owed, drawn, error)
        except OSError as lost:
            problem = type(lost).__name__
            self._close(owed, lambda s: outbox.mark_unknown(s, owed.id, problem, now=self._store.now()))
        else:
            self._mark(owed, drawn, sent)

    def _call(self, owed: Owed, drawn: Drawn) -> dict[str, Any]:
        """The one call to Slack for a row; returns place and ts of what stands there now."""
        client = self._client
        if owed.kind == "publish":
            client.views_publish(user_id=self._user(owed), view=drawn.view)
            return {}
        place = owed.place_id or self._directory.dm(owed.person_id or "")
        channel = self._directory.channel(place or "")
        if place is None or channel is None:
            raise LostPlace(owed)
        content: dict[str, Any] = {"channel": channel, "text": drawn.text, "blocks": drawn.blocks}
        if owed.kind == "ephemeral":
            client.chat_postEphemeral(**content, user=self._user(owed), thread_ts=drawn.thread)
            return {}
        stands = self._stands(owed, place)
        if owed.kind == "update" and stands is not None:
            client.chat_update(**content, ts=stands, parse="none")
            return {"place": place, "ts": stands}
        if stands is not None and drawn.replaces:
            self._remove(channel, stands)
        answer = client.chat_postMessage(
            **content,
            thread_ts=drawn.thread,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"owed": owed.id}},
        )
        return {"place": place, "ts": answer["ts"]}

    def _stands(self, owed: Owed, place: str) -> str | None:
        if owed.purpose is None or owed.subject_id is None:
            return None
        with self._store.read() as session:
            stands = find(
                session,
                subject_kind=owed.subject_kind or USE,
                subject_id=owed.subject_id,
                purpose=owed.purpose,
                place_id=place,
            )
        return stands.ts if stands else None

    def _remove(self, channel: str, ts: str) -> None:
        """Take an older copy away; one that is gone already is as good."""
        try:
            self._client.chat_delete(channel=channel, ts=ts)
        except SlackApiError as error:
            log.info("An older copy could not be removed", extra={"error": error.response.get("error")})

    def _user(self, owed: Owed) -> str:
        user = self._directory.user(owed.person_id or "")
        if user is None:
            raise LostPlace(owed)
        return user

    def _mark(self, owed: Owed, drawn: Drawn, sent: dict[str, Any]) -> None:
        self._close(
            owed,
            lambda s: outbox.mark_sent(
                s,
                owed.id,
                now=self._store.now(),
                ts=sent.get("ts"),
                place_id=sent.get("place"),
                version=drawn.version,
            ),
        )

    def _refused(self, owed: Owed, drawn: Drawn, error: SlackApiError) -> None:
        """Slack said no: wait, look, post anew, say it plainly, or put it aside where an operator sees it."""
        code = str(error.response.get("error") or error.response.status_code)
        now = self._store.now()
        if code in WAIT or error.response.status_code == 429:
            seconds = float(error.response.headers.get("Retry-After", 1))
            self._close(
                owed, lambda s: outbox.retry_later(s, owed.id, seconds=seconds, now=now, problem=code)
            )
        elif code in AMBIGUOUS or error.response.status_code >= 500:
            self._close(owed, lambda s: outbox.mark_unknown(s, owed.id, code, now=now))
        elif code in GONE and owed.kind == "update":
            self._close(owed, lambda s: redelivery.repost(s, owed.id))
        elif code in LIMITS and not owed.payload.get("plain"):
            log.error(
                "Slack refused the blocks of a message; sent as plain text",
                extra={"owed": owed.id, "error": code},
            )
            self._close(owed, lambda s: redelivery.plainly(s, owed.id))
        elif code in CREDENTIALS:
            self._close(owed, lambda s: outbox.retry_later(s, owed.id, seconds=60, now=now, problem=code))
        else:
            log.error("A message could not be sent and was put aside", extra={"owed": owed.id, "error": code})
            self._close(owed, lambda s: outbox.park(s, owed.id, code))

    def _reconcile(self, owed: Owed) -> None:
        """A post whose fate nobody knows: look whether it stands there before sending it again."""
        now = self._store.now()
        place = owed.place_id or self._directory.dm(owed.person_id or "")
        channel = self._directory.channel(place or "")
        try:
            found = self._look(channel, owed) if channel else None
        except (SlackApiError, OSError) as error:
            problem = type(error).__name__
            self._close(owed, lambda s: outbox.mark_unknown(s, owed.id, problem, now=now))
            return
        if found is not None:
            self._close(owed, lambda s: outbox.mark_sent(s, owed.id, now=now, ts=found, place_id=place))
        else:
            self._close(owed, lambda s: outbox.send_again(s, owed.id, now=now))

    def _look(self, channel: str, owed: Owed) -> str | None:
        """The ts of our own post; None where there is none or we may not look; raises while nobody can know.

        In channels the bot has no scope to read: there a copy is found at its first press and removed then.
        """
        thread = owed.payload.get("thread")
        since = f"{(owed.queued_at - CLOCKS_DIFFER).timestamp():.6f}"
        try:
            if thread and thread != CARD:
                answer = self._client.conversations_replies(
                    channel=channel, ts=thread, oldest=since, limit=200, include_all_metadata=True
                )
            else:
                answer = self._client.conversations_history(
                    channel=channel, oldest=since, limit=200, include_all_metadata=True
                )
        except SlackApiError as error:
            if error.response.get("error") in CLOSED_TO_US:
                return None
            raise
        latest: list[dict[str, Any]] = answer.get("messages") or []
        for message in latest:
            told = (message.get("metadata") or {}).get("event_payload") or {}
            if told.get("owed") == owed.id:
                return str(message["ts"])
        return None

    def _close(self, owed: Owed, note: Any) -> None:
        with self._store.write() as session:
            note(session)


class LostPlace(Exception):
    """The place or person of a message is not known to us."""

    def __init__(self, owed: Owed) -> None:
        super().__init__(f"message {owed.id} has no place to go")
