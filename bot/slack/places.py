"""Channels that close to us, open again or change their id: what was meant for them goes on elsewhere meanwhile."""

from __future__ import annotations

import logging
from typing import Any

from bot.config import change
from bot.markup import Mrkdwn
from bot.slack.front import LEAD, Front
from store import outbox, people
from store.sessions import Session

log = logging.getLogger(__name__)


def shut(front: Front, channel: str, why: str) -> None:
    """We cannot speak there any more; whoever leads is told once, and gets a card for each open request."""
    place, leads = front.directory.place(channel), sorted(front.desk().roles.get(LEAD, ()))
    channels = front.office.config.channels
    ours = channel in (channels.governance, channels.incidents)
    with front.office.store.write() as session:
        if people.close(session, place) and ours:
            for lead in leads:
                _tell(session, front, lead, channel, why)
            log.warning("The channel of cards is closed to us", extra={"event": "place.shut", "why": why})
    front.directory.forget_standing()
    _show_cards(front)


def opened(front: Front, channel: str) -> None:
    with front.office.store.write() as session:
        people.place(session, team=front.directory.team, slack_channel=channel, archived=False)
    front.directory.forget_standing()
    _show_cards(front)


def renumbered(front: Front, old: str, new: str) -> None:
    """Slack gave a channel another id: it is the same place, and what was settled for it holds."""
    front.directory.renumber(old, new)
    held = front.office.config.channels
    named = {"channels.governance": held.governance, "channels.incidents": held.incidents}
    wished: dict[str, Any] = {key: new for key, channel in named.items() if channel == old}
    if old in held.questions:
        wished["channels.questions"] = [new if channel == old else channel for channel in held.questions]
    if old in held.units.values():
        units = {unit: new if channel == old else channel for unit, channel in held.units.items()}
        wished["channels.units"] = [f"{channel} {unit}" for unit, channel in units.items()]
    if old in held.hints:
        wished["channels.hints"] = [new if channel == old else channel for channel in held.hints]
    if wished:
        change(front.office.store, wished, by=None, key=f"renumbered:{old}:{new}", now=front.office.now())
        front.office.changed()


def _tell(session: Session, front: Front, lead: str, channel: str, why: str) -> None:
    known = f"shut.{why}" if front.words.has(f"shut.{why}") else "shut.other"
    text = front.words.line("place_shut", channel=Mrkdwn(f"<#{channel}>"), why=front.words.line(known))
    now = front.office.now()
    outbox.put(session, kind="post", person_id=lead, payload={"text": text}, priority=0, now=now)


def _show_cards(front: Front) -> None:
    front.office.ledger.show_cards(front.desk())
    front.wake()
