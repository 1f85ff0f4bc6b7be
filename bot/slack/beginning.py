"""First words that are no message by themselves: from a window, or kept until it was said that they are new."""

from __future__ import annotations

import re
from typing import Any

from bot.slack import screens, windows
from bot.slack.front import Front, new_case
from bot.slack.payloads import Press
from bot.slack.scenes import make_voice
from store import audit
from triage.aims.access import check_no_visitor
from triage.outcome import Refused
from triage.talking import Begin

FIRST_WORDS = "steward_first_words"
LINE = re.compile(r"[0-9]{1,18}")
"""The number of a line of the trail; no database takes a longer one."""


def begin_in_dm(front: Front, person: str, words: str, *, key: str, again: bool) -> None:
    """`again`: this was tried before, so the first message may stand there already."""
    check_no_visitor(person, front.desk())  # before anything is posted
    place = front.directory.dm(person)
    channel = front.directory.channel(place or "")
    if place is None or channel is None:
        raise LookupError("no direct message with this person")
    root = _quoted_before(front, channel, key) if again else None
    if root is None:
        shown = screens.quoted(make_voice(front), words)
        answer = front.client.chat_postMessage(
            channel=channel,
            text=shown.text,
            blocks=shown.blocks,
            unfurl_links=False,
            metadata={"event_type": FIRST_WORDS, "event_payload": {"key": key}},
        )
        root = str(answer["ts"])
    front.do(Begin(actor=person, key=key, case=new_case(), words=words, place=place, root=root))


def begin_kept(front: Front, press: Press, person: str) -> None:
    """A request of its own, in the thread of the very words; pressed twice it is the same one."""
    line = windows.about(press).choice
    with front.office.store.read() as session:
        words = audit.kept_words(session, int(line), person) if LINE.fullmatch(line) else ""
    if not words or press.channel is None or press.thread is None:
        raise Refused("unknown_button")
    front.do(
        Begin(
            actor=person,
            key=f"begin:{line}",
            case=new_case(),
            words=words,
            place=front.directory.place(press.channel, kind="dm", person=person),
            root=press.thread,
        )
    )


def _quoted_before(front: Front, channel: str, key: str) -> str | None:
    answer = front.client.conversations_history(channel=channel, limit=100, include_all_metadata=True)
    latest: list[dict[str, Any]] = answer.get("messages") or []
    for message in latest:
        told = (message.get("metadata") or {}).get("event_payload") or {}
        if told.get("key") == key:
            return str(message["ts"])
    return None
