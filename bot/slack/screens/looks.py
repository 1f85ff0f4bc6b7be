"""The newest of what somebody let in to audit looked at, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import View
from bot.slack.message import modal
from bot.words import Words
from store.looked import Look
from triage.aims.entry import Entry

MOST = 40


def looks_view(words: Words, access: Entry, found: Sequence[Look]) -> dict[str, Any]:
    """Whoever wants more than fits has all of it at the command line."""
    drawn: list[b.Block | None] = [b.section(words.line("looks.head", ref=access.ref, title=access.title))]
    lines = [_line(words, each) for each in found[:MOST]]
    drawn += b.sections(Mrkdwn("\n".join(lines))) if lines else [b.section(words.line("looks.none"))]
    drawn.append(b.context(words.line("looks.more" if len(found) > MOST else "looks.all", ref=access.ref)))
    return modal(words, View.NOTE, words.label("looks.open"), drawn)


def _line(words: Words, look: Look) -> Mrkdwn:
    about = words.label("looks.closed") if look.closed else look.about
    key = "looks.line_about" if about else "looks.line"
    at = words.moment(datetime.fromisoformat(look.at))
    return words.line(key, at=at, wish=look.wish.replace("_", " "), about=about)
