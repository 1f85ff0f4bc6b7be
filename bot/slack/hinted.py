"""Where a channel lets us: a private word to whoever names an AI tool that nobody registered, once for each tool.

Of the message itself nothing is kept, also not for a moment: the door reads it, and stores who named which tool where.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack import screens, windows
from bot.slack.discussing import SCOPES
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press, Who, plain
from bot.slack.scenes import make_voice
from intake.catalogue import Catalogue
from intake.noticing import Noticing
from intake.tool import Tool
from store import inbox, outbox
from store.disclosing import covers_anybody
from store.inbox import Arrived
from triage.outcome import Refused

log = logging.getLogger(__name__)

HINT = "hint"
"""The kind of inbox row: who named which tool in which channel."""


@lru_cache(maxsize=2)
def _noticing(catalogue: Catalogue) -> Noticing:
    return Noticing(catalogue)


def notice(front: Front, body: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """At the door, before the message is let go: whether there is something to look at."""
    if not _is_meant(front, event):
        return False
    tool = _noticing(front.office.library.catalogue).tool_in(plain(str(event.get("text") or "")))
    if tool is None:
        return False
    payload = {"user": str(event["user"]), "channel": str(event["channel"]), "tool": tool.id}
    with front.office.store.write() as session:
        return inbox.put(
            session,
            key=f"{HINT}:{body.get('event_id')}",
            kind=HINT,
            payload=payload,
            now=front.office.now(),
            lane=payload["user"],
        )


def _is_meant(front: Front, event: Mapping[str, Any]) -> bool:
    """A new message of one of our own at the top of a channel that wants it; the rest is nobody's business."""
    channels = front.office.config.channels.hints
    if not channels or event.get("type") != "message" or event.get("channel") not in channels:
        return False
    scope, thread = SCOPES.get(str(event.get("channel_type"))), event.get("thread_ts")
    of_people = bool(event.get("user")) and not (event.get("subtype") or event.get("bot_id"))
    ours = front.directory.team
    teams = {str(event.get(name) or ours) for name in ("user_team", "team")}
    if scope is None or thread or not of_people or teams != {ours}:
        return False
    try:
        return scope in front.granted()
    except (SlackApiError, OSError):
        return False


def looked_at(front: Front, arrived: Arrived) -> None:
    """Once for each tool and person for ever. Whoever reads the database can work out of whom and what that is kept."""
    user, channel = str(arrived.payload["user"]), str(arrived.payload["channel"])
    tool = front.office.library.catalogue.get(str(arrived.payload["tool"]))
    if tool is None or channel not in front.office.config.channels.hints or front.shared(channel):
        return
    person = front.person(Who(front.directory.team, user))
    if front.directory.outsider(person):
        return
    with front.office.store.read() as session:
        if covers_anybody(session, tool.id):
            return
    place, shown = front.directory.place(channel), screens.hint(make_voice(front), tool)
    payload = {"text": shown.text, "blocks": shown.blocks, "thread": None}
    now = front.office.now()
    front.once(
        _key(person, tool),
        lambda s: outbox.put(
            s, kind="ephemeral", place_id=place, person_id=person, payload=payload, priority=0, now=now
        ),
    )


def _key(person: str, tool: Tool) -> str:
    said = f"{person}\n{tool.id}".encode()
    return f"{HINT}:{sha256(said).hexdigest()}"


def ask(front: Front, press: Press, person: str) -> None:
    """It goes on in their direct message; pressed twice it is the same request."""
    tool = front.office.library.catalogue.get(windows.about(press).choice)
    if tool is None:
        raise Refused("unknown_button")
    front.begin_later(person, front.words.label("hint.words", tool=tool.name), key=_key(person, tool))
    text = front.words.line("hint.begun")
    front.tell(person, text, channel=press.channel, thread=press.thread, key=press.key)


def away(front: Front, press: Press, person: str) -> None:
    text = front.words.line("hint.away")
    front.tell(person, text, channel=press.channel, thread=press.thread, key=press.key)


PRESSED = {Action.HINT_ASK: ask, Action.HINT_AWAY: away}
