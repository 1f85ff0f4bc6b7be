"""Windows and messages about the trust pack: what would go out, and what is answered from the records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.markup import Mrkdwn, cut, one_line
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import View
from bot.slack.message import Message, modal
from bot.slack.scene import Voice
from bot.trust import answers
from bot.words import Words
from triage.aims.trust import Trust

MOST_WORDS, SHORT, LISTED = 3000, 240, 8


def pack_view(voice: Voice, found: Trust, seen: int, single: Sequence[str] = ()) -> dict[str, Any]:
    """What it answers; the whole of it comes as files."""
    words = voice.words
    told = answers(words, found)
    drawn: list[b.Block] = [
        b.section(words.line("trust.window", day=words.day(found.as_of))),
        *(b.section(_answer(words, each)) for each in told),
        *([] if told else [b.section(words.line("trust.nothing"))]),
        *([b.section(_look(words, single))] if single else []),
        b.field(Field.TRUST_WORDS, words.label("trust.words"), b.typed(longest=MOST_WORDS), optional=True),
        b.context(words.line("trust.window_next")),
    ]
    about = f"{found.as_of.isoformat()}|{found.digest}|{seen}"
    title, submit = words.label("trust.window_title"), words.label("aims.hand_in")
    return modal(words, View.TRUST, title, drawn, submit=submit, about=about)


def _answer(words: Words, each: tuple[str, str]) -> Mrkdwn:
    return words.line("trust.row", ask=each[0], says=cut(one_line(each[1]), SHORT))


def _look(words: Words, single: Sequence[str]) -> Mrkdwn:
    named = [cut(one_line(each), SHORT) for each in single[:LISTED]]
    return words.line("trust.single", names=words.listed(named), count=len(single))


def library(words: Words, told: Sequence[tuple[str, str]], note: Mrkdwn) -> Mrkdwn:
    """What the records answer by themselves, above what somebody is about to answer."""
    lines = [_answer(words, each) for each in told[:LISTED]]
    head = words.line("trust.library" if lines else "trust.library_none")
    return Mrkdwn("\n".join((note, head, *lines)))


def paper(words: Words, as_of: date, digest: str, *, missing: bool, single: Sequence[str] = ()) -> Message:
    """Beside a file; `missing`: instead of it. `digest`: "" for what nobody put before anybody."""
    key = "trust.paper_missing" if missing else "trust.paper" if digest else "trust.paper_draft"
    text = words.line(key, day=words.day(as_of), digest=digest[:12])
    return Message(text=Mrkdwn(f"{text}\n{_look(words, single)}") if single else text)
