"""Copies of a card: one that was sent twice goes away, and one that shows what is past decides nothing."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack import windows
from bot.slack.errors import GONE, code_of
from bot.slack.front import Front
from bot.slack.looking import marked
from bot.slack.payloads import Press
from store.addresses import find
from store.below import StillUnderway, take_copy_note_back
from store.delivery import note_standing
from store.inbox import Arrived
from store.outbox import about
from store.owed import CARD
from store.records import USE, load
from triage.outcome import Refused

log = logging.getLogger(__name__)

WHOLE = re.compile(r"[0-9]{1,18}")


def check_copy(front: Front, press: Press) -> None:
    """Before a decision is begun on a card: is it the one that stands there, and does it show how things are?"""
    if press.channel is None or press.ts is None or press.thread not in (None, press.ts):
        return
    case, place = windows.about(press).case, front.directory.place(press.channel)
    with front.office.store.read() as session:
        card = find(session, subject_kind=USE, subject_id=case, purpose=CARD, place_id=place)
        known = load(session, case)
    if card is None or known is None:
        return
    if card.ts != press.ts:
        _take_away(front, press.channel, press.ts)
        with suppress(StillUnderway):
            _take_note_back(front, case, place)
    elif card.version_shown is not None and card.version_shown != known.version:
        front.office.ledger.show_card(case, front.desk())
        front.wake()
        raise Refused("card_outdated", case=case)


def posted(front: Front, arrived: Arrived, event: dict[str, Any]) -> None:
    """Slack tells where a post of ours stands in a channel: noted, or taken away where the same stands already.

    Marks can be written by any app, so only what Slack says is from this one counts.
    """
    mark = marked(event)
    if event["app_id"] != arrived.payload.get("api_app_id") or not WHOLE.fullmatch(mark):
        return
    channel, ts = str(event["channel_id"]), str(event["message_ts"])
    place = front.directory.place(channel)
    with front.office.store.write() as session:
        stray = not note_standing(session, int(mark), ts=ts, place_id=place)
        case = about(session, int(mark)) if stray else None
    if stray:
        _delete(front, channel, ts)
    if case is not None:
        _take_note_back(front, case, place)


def _take_away(front: Front, channel: str, ts: str) -> None:
    """A press goes on, whether or not the copy it was made on could be removed."""
    try:
        _delete(front, channel, ts)
    except SlackApiError as error:
        log.warning("A second copy of a message could not be removed", extra={"error": code_of(error)})


def _delete(front: Front, channel: str, ts: str) -> None:
    """One that is gone already is as good."""
    try:
        front.client.chat_delete(channel=channel, ts=ts)
        log.info("A second copy of a message was removed", extra={"event": "copy.removed", "ts": ts})
    except SlackApiError as error:
        if code_of(error) not in GONE:
            raise


def _take_note_back(front: Front, case: str, place: str) -> None:
    """The note below a card that may stand twice says nothing true any more."""
    with front.office.store.write() as session:
        ts = take_copy_note_back(session, case, place)
    channel = front.directory.channel(place)
    if ts is not None and channel is not None:
        _take_away(front, channel, ts)
