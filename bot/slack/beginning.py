"""First words that came from a window: their thread is opened in the direct message, with the words themselves."""

from __future__ import annotations

from typing import Any

from bot.slack import screens
from bot.slack.front import Front, new_case
from bot.slack.scenes import make_voice
from triage.commands import Begin

FIRST_WORDS = "steward_first_words"


def begin_in_dm(front: Front, person: str, words: str, *, key: str, again: bool) -> None:
    """`again`: this was tried before, so the first message may stand there already."""
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


def _quoted_before(front: Front, channel: str, key: str) -> str | None:
    answer = front.client.conversations_history(channel=channel, limit=100, include_all_metadata=True)
    latest: list[dict[str, Any]] = answer.get("messages") or []
    for message in latest:
        told = (message.get("metadata") or {}).get("event_payload") or {}
        if told.get("key") == key:
            return str(message["ts"])
    return None
