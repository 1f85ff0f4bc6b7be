"""Copies of a card: one that was sent twice goes away, and one that shows what is past decides nothing."""

from __future__ import annotations

import logging

from slack_sdk.errors import SlackApiError

from bot.slack import windows
from bot.slack.front import Front
from bot.slack.payloads import Press
from store.addresses import find
from store.owed import CARD
from store.records import USE, load
from triage.outcome import Refused

log = logging.getLogger(__name__)


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
        _take_away(front, press.channel, press.ts, case)
    elif card.version_shown is not None and card.version_shown != known.version:
        front.office.ledger.show_card(case, front.desk())
        front.wake()
        raise Refused("card_outdated", case=case)


def _take_away(front: Front, channel: str, ts: str, case: str) -> None:
    """A card that is not where we know it to be was sent twice around a crash."""
    try:
        front.client.chat_delete(channel=channel, ts=ts)
        log.info("A second copy of a card was removed", extra={"event": "copy.removed", "case": case})
    except SlackApiError as error:
        log.warning(
            "A second copy of a card could not be removed", extra={"error": error.response.get("error")}
        )
