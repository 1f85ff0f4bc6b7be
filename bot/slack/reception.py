"""Works off the inbox: messages, mentions, opened Homes, and what Slack tells of people and channels."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.slack import (
    beginning,
    copies,
    discussing,
    edits,
    filed,
    hearing,
    hinted,
    inchannel,
    marked,
    places,
    profiles,
    sighted,
    visiting,
)
from bot.slack.echoes import is_echo
from bot.slack.errors import passes
from bot.slack.front import BEGIN, Front
from bot.slack.loop import Loop
from bot.slack.payloads import Who
from bot.slack.removal import removed
from bot.slack.rerunning import WORK
from bot.slack.shape import says_enough
from store import inbox
from store.errors import Unavailable
from store.inbox import Arrived
from store.owed import publish_home
from triage.outcome import Refused

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
BATCH = 10


class Reception(Loop):
    """One loop over the inbox; what fails is tried again later and in the end put aside, never dropped."""

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._front, self._store = front, front.office.store
        self._claimed: deque[Arrived] = deque()

    def work(self) -> bool:
        """One round; False if nothing had come in. What the database interrupted is taken up where it stopped."""
        if not self._claimed:
            with self._store.read() as session:
                if not inbox.anything_arrived(session, now=self._store.now()):
                    return False
            with self._store.write() as session:
                self._claimed.extend(inbox.claim(session, now=self._store.now(), lease=LEASE, limit=BATCH))
        busy = bool(self._claimed)
        while self._claimed and not self._stopping:
            self._handle(self._claimed[0])
            self._claimed.popleft()
        return busy

    def _handle(self, arrived: Arrived) -> None:
        try:
            handle(self._front, arrived)
        except Unavailable:
            raise
        except Exception as error:
            log.exception("Something that came in could not be worked off", extra={"key": arrived.key})
            with self._store.write() as session:
                inbox.failed(
                    session,
                    arrived.id,
                    type(error).__name__,
                    now=self._store.now(),
                    counts=not passes(error),
                )
        else:
            with self._store.write() as session:
                inbox.done(session, arrived.id, now=self._store.now())


def handle(front: Front, arrived: Arrived) -> None:
    """One thing that came in; an event that this version does not know is noted and let go."""
    if arrived.kind == BEGIN:
        person, words = arrived.payload["person"], arrived.payload["words"]
        try:
            beginning.begin_in_dm(front, person, words, key=arrived.key, again=arrived.again)
        except Refused as refusal:
            front.refuse(refusal, person, channel=None, thread=None, key=arrived.key)
        return
    if arrived.kind == hinted.HINT:
        hinted.looked_at(front, arrived)
        return
    if (work := WORK.get(arrived.kind)) is not None:
        work(front, arrived)
        return
    event: dict[str, Any] = arrived.payload.get("event") or {}
    handler = EVENTS.get(arrived.kind)
    if handler is None:
        log.info("An event of a kind that is not handled", extra={"kind": arrived.kind})
        return
    if not says_enough(event):
        log.info("An event that lacks what its kind is made of", extra={"kind": arrived.kind})
        return
    try:
        handler(front, arrived, event)
    except Refused as refusal:
        log.info("Something that came in was refused", extra={"kind": arrived.kind, "because": refusal.key})


def _message(front: Front, arrived: Arrived, event: dict[str, Any]) -> None:
    message = edits.written(event)
    if not message.get("ts") or is_echo(arrived.payload, event):
        return
    team = _team(front, arrived, message)
    if event.get("channel_type") != "im" and inchannel.is_question(front, arrived.payload, event):
        inchannel.asked(front, arrived, event, team=team)
    elif event.get("channel_type") != "im":
        discussing.heard(front, arrived, event, team=team)
    elif message is event:
        if not (filed.taken(front, event, team=team) or sighted.taken(front, event, team=team)):
            hearing.heard(front, event, team=team)
    else:
        edits.edited(front, event, team=team, key=arrived.key)


def _mention(front: Front, arrived: Arrived, event: dict[str, Any]) -> None:
    if not is_echo(arrived.payload, event):
        inchannel.mentioned(front, arrived, event, team=_team(front, arrived, event))


HOME = "home"
"""Under which it is noted that somebody let in to audit opened it."""


def _home(front: Front, arrived: Arrived, event: dict[str, Any]) -> None:
    if event.get("tab") != "home":
        return
    person = front.person(Who(_team(front, arrived, event), str(event["user"])))
    visiting.note(front, person, HOME, "", key=arrived.key)
    front.once(f"home:{arrived.key}", lambda s: publish_home(s, person, front.office.now()))


def _person(front: Front, arrived: Arrived, event: dict[str, Any]) -> None:
    """A profile changed: keep name, zone and standing, so that nobody is asked in vain."""
    user = event.get("user") or {}
    profiles.note(front.office.store, str(user.get("team_id") or front.directory.team), str(user["id"]), user)
    front.directory.forget_standing()
    front.staff.forget()


def _shut(front: Front, arrived: Arrived, event: dict[str, Any]) -> None:
    """Archived, deleted, or we were taken out."""
    why = {"archive": "is_archived", "deleted": "channel_not_found"}
    places.shut(front, str(event["channel"]), why.get(arrived.kind.rpartition("_")[2], "not_in_channel"))


def _opened(front: Front, arrived: Arrived, event: dict[str, Any]) -> None:
    places.opened(front, str(event["channel"]))


def _joined(front: Front, arrived: Arrived, event: dict[str, Any]) -> None:
    """Let into a channel at last: the cards that were refused there while we were outside."""
    if event.get("user") == front.directory.us():
        places.opened(front, str(event["channel"]))


def _renumbered(front: Front, arrived: Arrived, event: dict[str, Any]) -> None:
    """A channel that was converted or shared."""
    places.renumbered(front, str(event["old_channel_id"]), str(event["new_channel_id"]))


def _group(front: Front, arrived: Arrived, event: dict[str, Any]) -> None:
    front.directory.forget_groups()


def _team(front: Front, arrived: Arrived, event: Mapping[str, Any]) -> str:
    return str(
        event.get("user_team") or event.get("team") or arrived.payload.get("team_id") or front.directory.team
    )


EVENTS: dict[str, Callable[[Front, Arrived, dict[str, Any]], None]] = {
    "message": _message,
    "app_mention": _mention,
    "app_home_opened": _home,
    "app_uninstalled": removed,
    "user_change": _person,
    "channel_archive": _shut,
    "channel_deleted": _shut,
    "channel_id_changed": _renumbered,
    "channel_left": _shut,
    "channel_unarchive": _opened,
    "group_archive": _shut,
    "group_deleted": _shut,
    "group_left": _shut,
    "group_unarchive": _opened,
    "member_joined_channel": _joined,
    "message_metadata_posted": copies.posted,
    marked.ADDED: marked.heard,
    "subteam_members_changed": _group,
    "subteam_updated": _group,
    "tokens_revoked": removed,
}
"""Every event the manifest subscribes to, and those of the additions below."""

WITH_USER_GROUPS = frozenset({"subteam_members_changed", "subteam_updated"})
"""Sent only where the scope usergroups:read was added (docs/scopes.md)."""
WITH_REACTIONS = frozenset({marked.ADDED})
"""The same of reactions:read."""
