"""The one call to Slack that a message owed comes to, and whether it was made where nobody knows."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack import carrying
from bot.slack.directory import Directory
from bot.slack.drawing import Drawn
from bot.slack.looking import find_post, mark
from store.addresses import stands
from store.digested import DIGEST, FILE
from store.engine import Store
from store.outbox import Owed
from store.owed import CARD, UPLOAD
from store.records import USE

log = logging.getLogger(__name__)


class LostPlace(Exception):
    """The place or person of a message is not known to us."""

    def __init__(self, owed: Owed) -> None:
        super().__init__(f"message {owed.id} has no place to go")


class TooEarly(OSError):
    """What it belongs below does not stand yet; surely nothing was sent."""


class Posting:
    def __init__(self, store: Store, client: WebClient, directory: Directory) -> None:
        self._store, self._client, self._directory = store, client, directory

    def call(self, owed: Owed, drawn: Drawn) -> dict[str, Any]:
        """The one call to Slack for a row; returns place and ts of what stands there now."""
        client = self._client
        if owed.kind == "publish":
            client.views_publish(user_id=self._user(owed), view=drawn.view)
            return {}
        place, channel = self._where(owed)
        if place is None or channel is None:
            raise LostPlace(owed)
        content: dict[str, Any] = {"channel": channel, "text": drawn.text, "blocks": drawn.blocks}
        if owed.kind == "ephemeral":
            client.chat_postEphemeral(**content, user=self._user(owed), thread_ts=drawn.thread)
            return {}
        if owed.kind == UPLOAD:
            self._share(owed, drawn, place, channel)
            return {"place": place}
        there = self.stands(owed, place, owed.purpose)
        if owed.kind == "update" and there is not None:
            client.chat_update(**content, ts=there, parse="none")
            return {"place": place, "ts": there}
        if there is not None and drawn.replaces:
            self._remove(channel, there)
        answer = client.chat_postMessage(
            **content,
            thread_ts=drawn.thread,
            reply_broadcast=drawn.broadcast,
            unfurl_links=False,
            unfurl_media=False,
            metadata=mark(owed, channel),
        )
        return {"place": place, "ts": answer["ts"]}

    def found(self, owed: Owed) -> dict[str, Any] | None:
        """Place and ts of what nobody knows the fate of; None where it does not stand."""
        place, channel = self._where(owed)
        if channel is None:
            return None
        if owed.kind == UPLOAD:
            ours = owed.payload.get("ours")
            there = bool(ours) and carrying.is_shared(self._client, str(ours), channel)
            return {"place_id": place, "ts": None} if there else None
        thread = owed.payload.get("thread")
        if thread == CARD:
            thread = self.stands(owed, place or "", CARD)
        ts = find_post(self._client, channel, owed, thread)
        return {"place_id": place, "ts": ts} if ts is not None else None

    def _where(self, owed: Owed) -> tuple[str | None, str | None]:
        """Its place, and the channel that this is in Slack."""
        place = owed.place_id or self._directory.dm(owed.person_id or "")
        return place, self._directory.channel(place or "")

    def _share(self, owed: Owed, drawn: Drawn, place: str, channel: str) -> None:
        if owed.payload.get("thread") == CARD and drawn.thread is None:
            raise OSError("the card it belongs below does not stand yet")
        thread, title = drawn.thread, str(owed.payload.get("facts", {}).get("name") or drawn.text)
        if owed.payload["say"] == FILE:
            thread = self.stands(owed, place, DIGEST)
            if thread is None:
                raise TooEarly
        ours = str(owed.payload["ours"])
        carrying.share(self._client, ours, channel=channel, thread=thread, title=title, words=drawn.text)

    def stands(self, owed: Owed, place: str, purpose: str | None) -> str | None:
        """Where the message of that purpose lies which is about the same as this one."""
        if purpose is None or owed.subject_id is None:
            return None
        with self._store.read() as session:
            return stands(session, owed.subject_id, purpose, place, kind=owed.subject_kind or USE)

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
