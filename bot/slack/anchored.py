"""The daily anchor in Slack: a short post in a channel of choice, and a word to whoever leads where one fails."""

from __future__ import annotations

from bot.anchors import daily
from bot.anchors.daily import Voices
from bot.slack.front import LEAD, Front
from bot.words import Words
from triage.anchoring import Anchor, Place


def look(front: Front) -> bool:
    """Whether a message is owed. Needs no more of the desk than who leads, so it makes none."""
    office, config = front.office, front.office.config
    channel = config.anchor.channel
    place = front.directory.place(channel) if channel else None
    leads = sorted(front.directory.members(config.roles.get(LEAD, ())))
    return daily.look(office.store, config, voices(front.words, place, leads), office.now())


def voices(words: Words, place: str | None, leads: list[str]) -> Voices:
    return Voices(
        place, leads, lambda anchor: posted(words, anchor), lambda where, why: failed(words, where, why)
    )


def posted(words: Words, anchor: Anchor) -> str:
    day = words.moment(anchor.moment)
    return words.line("anchor.posted", seq=f"{anchor.seq}", head=anchor.head, day=day)


def failed(words: Words, place: Place, because: str) -> str:
    where = words.line(f"anchor.at.{place}")
    key = f"anchor.because.{because}"
    why = words.line(key if words.has(key) else "anchor.because.unnamed")
    return words.line("anchor.failed", where=where, why=why)
