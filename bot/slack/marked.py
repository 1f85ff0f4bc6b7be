"""A reaction by which a message below an incident's card goes into its timeline, where the scope was granted."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack.errors import GONE, code_of
from bot.slack.front import Front
from bot.slack.incident_seen import seen_by
from bot.slack.payloads import Who
from store import incidents
from store.inbox import Arrived
from triage.incidents.permissions import handles, part_in
from triage.incidents.wishes import Note

log = logging.getLogger(__name__)

ADDED, SCOPE = "reaction_added", "reactions:read"
THREAD = re.compile(r"[?&]thread_ts=([0-9]{1,12}\.[0-9]{1,9})")
"""In the link to a message: below which it stands. Slack says it nowhere else to whoever may not read the channel."""


def is_elsewhere(front: Front, event: Mapping[str, Any]) -> bool:
    """Any other reaction, or one elsewhere: let go at the door, before anything of it is stored."""
    if event.get("type") != ADDED:
        return False
    config, item = front.office.config, event.get("item") or {}
    ours = {config.channels.governance, config.channels.incidents}
    if config.reaction is None or item.get("channel") not in ours:
        return True
    return _name(event) != config.reaction or SCOPE not in front.granted()


def _name(event: Mapping[str, Any]) -> str:
    """Whatever the colour of the hand."""
    return str(event.get("reaction") or "").partition("::")[0]


def heard(front: Front, arrived: Arrived, event: Mapping[str, Any]) -> None:
    """Kept once for a message, whoever marks it again; taking the reaction away takes nothing back."""
    item = event.get("item") or {}
    channel, ts = str(item.get("channel") or ""), str(item.get("ts") or "")
    team = str(event.get("user_team") or arrived.payload.get("team_id") or front.directory.team)
    person, place = front.person(Who(team, str(event["user"]))), front.directory.place(channel)
    link = _link(front, channel, ts)
    below = THREAD.search(link)
    if below is None:
        return
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        id = incidents.found_at(session, place, below[1])
        incident = incidents.load(session, id) if id else None
        if incident is None:
            return
        seen = seen_by(front, session, incident, person, desk)
    if not seen.whole or not (handles(person, desk) or part_in(incident, person, seen.case, desk)):
        log.info("A reaction of somebody who adds nothing to this incident", extra={"event": "marked.other"})
        return
    words = front.words.label("incident.marked", reaction=_name(event))
    key = f"marked:{place}:{ts}"
    front.office.ledger.act(Note(actor=person, key=key, incident=incident.id, words=words, link=link), desk)
    front.wake()


def _link(front: Front, channel: str, ts: str) -> str:
    """Empty where the message is gone; what else goes wrong is tried again like everything that came in."""
    try:
        return str(front.client.chat_getPermalink(channel=channel, message_ts=ts).get("permalink") or "")
    except SlackApiError as error:
        if code_of(error) not in GONE:
            raise
        return ""
