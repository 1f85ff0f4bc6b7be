"""What people write in the thread of a card of ours: kept where the optional scope was granted, else never read."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Literal

from bot.slack.edits import CHANGED, DELETED, is_by_hand, written
from bot.slack.front import Front
from bot.slack.hearing import IGNORED
from bot.slack.payloads import Who, plain
from store import discussion
from store.below import StillUnderway
from store.discussion import Below, Remark
from store.inbox import Arrived
from store.sessions import Session

log = logging.getLogger(__name__)

SCOPES = {"channel": "channels:history", "group": "groups:history"}
"""What lets us read the messages of a kind of conversation; of any other kind none is ever kept."""
Kind = Literal["said", "edited", "deleted"]
KINDS: dict[str, Kind] = {CHANGED: "edited", DELETED: "deleted"}


def is_elsewhere(front: Front, body: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Words in a channel that are none below a card of ours: let go at the door, before anything of them is stored.

    Slack sends all messages of the channels that the bot is in, once it may read any.
    """
    if event.get("type") != "message" or event.get("channel_type") == "im":
        return False
    message = written(event)
    scope, thread = SCOPES.get(str(event.get("channel_type"))), str(message.get("thread_ts") or "")
    if scope is None or thread in ("", str(message.get("ts"))):
        return True
    with front.office.store.read() as session:
        if _below(front, session, event, thread) is None and not _may_be_ours(front, session, body, event):
            return True
    return scope not in front.granted()


def _below(front: Front, session: Session, event: Mapping[str, Any], thread: str) -> Below | None:
    team, channel = front.directory.team, str(event.get("channel"))
    return discussion.below(session, team=team, channel=channel, thread=thread)


def _may_be_ours(front: Front, session: Session, body: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Below a message of the bot's, while it is not noted yet where a card of this channel stands."""
    ours = {told.get("user_id") for told in body.get("authorizations") or () if told.get("is_bot")}
    if written(event).get("parent_user_id") not in ours:
        return False
    return discussion.is_underway(session, team=front.directory.team, channel=str(event.get("channel")))


def heard(front: Front, arrived: Arrived, event: Mapping[str, Any], *, team: str) -> None:
    """Kept once; what is below no card after all is let go."""
    message = written(event)
    if not _by_people(event, message):
        return
    thread = str(message.get("thread_ts") or "")
    with front.office.store.read() as session:
        found = _below(front, session, event, thread)
        if found is None and _may_be_ours(front, session, arrived.payload, event):
            raise StillUnderway(thread)
    if found is None:
        log.info("Words below no card were let go", extra={"event": "discussion.elsewhere"})
        return
    remark = _to_remark(front, event, message, found, team)
    with front.office.store.write() as session:
        discussion.keep(session, remark, now=front.office.now())


def _by_people(event: Mapping[str, Any], message: Mapping[str, Any]) -> bool:
    """What Slack itself writes or changes is nobody's word."""
    if str(message.get("subtype") or "") in IGNORED:
        return False
    return str(event.get("subtype") or "") not in KINDS or is_by_hand(event)


def _to_remark(
    front: Front, event: Mapping[str, Any], message: Mapping[str, Any], found: Below, team: str
) -> Remark:
    kind, ts = KINDS.get(str(event.get("subtype") or ""), "said"), str(message["ts"])
    by = front.person(Who(team, str(message["user"])))
    if kind == "deleted":
        return Remark(found, ts, kind, str(event.get("event_ts") or event.get("ts")), by)
    changed = str((message.get("edited") or {}).get("ts") or event.get("event_ts") or ts)
    return Remark(
        found,
        ts,
        kind,
        ts if kind == "said" else changed,
        by,
        words=plain(str(message.get("text") or "")),
        files="\n".join(_file(each) for each in message.get("files") or () if isinstance(each, dict)),
    )


def _file(file: Mapping[str, Any]) -> str:
    """By name and link; it is never fetched."""
    name, link = (str(file.get(part) or "") for part in ("name", "permalink"))
    return " ".join(f"{name} {link}".split())
