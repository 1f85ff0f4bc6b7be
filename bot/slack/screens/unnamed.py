"""The windows of a concern without a name: raising it, its eight words, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.slack.screens.incident_windows import ASKED_FIRST, LONGEST, asked_field
from bot.words import Words
from triage.incidents.incident import OVER, Incident

SHOWN = 20
"""Of what went to and fro, the newest; the rest is known to those who look into it."""
PHRASE_LONGEST = 200


def concern_view(
    voice: Voice, about: str, due: datetime, *, words: str = "", speak_up: str = ""
) -> dict[str, Any]:
    say = voice.words
    page = say.page("unnamed", due=due, speak_up=speak_up)
    mine = b.button(Action.CONCERN_MINE, say.label("button.concern_mine"), to_value(Press(case="")))
    drawn = [
        *b.sections(page["open"]),
        b.actions([mine]),
        b.field(Field.WORDS, say.label("field.concern_words"), b.typed(text=words, longest=LONGEST)),
        *(asked_field(say, question, optional=True) for question in ASKED_FIRST),
    ]
    title, submit = say.label("modal.concern"), say.label("submit.concern")
    return modal(say, View.CONCERN, title, drawn, submit=submit, about=about)


def concern_kept_view(words: Words, phrase: str, due: datetime) -> dict[str, Any]:
    page = words.page("unnamed", phrase=phrase, due=due)
    return modal(words, View.NOTE, words.label("modal.concern_kept"), b.sections(page["kept"]))


def phrase_view(voice: Voice) -> dict[str, Any]:
    """Its field has a name of its own: what stands in one stays where the next window has one of the same name."""
    words = voice.words
    drawn = [
        *b.sections(words.page("unnamed")["phrase"]),
        b.field(Field.PHRASE, words.label("field.phrase"), b.typed(longest=PHRASE_LONGEST, lines=False)),
    ]
    title, submit = words.label("modal.concern"), words.label("submit.phrase")
    return modal(words, View.CONCERN_PHRASE, title, drawn, submit=submit)


def my_concern_view(
    voice: Voice, about: str, incident: Incident | None, waiting: Sequence[tuple[str, datetime]]
) -> dict[str, Any]:
    """`incident` None: it is not taken in yet."""
    words = voice.words
    now = incident.now if incident is not None else None
    over = incident is not None and incident.status in OVER
    page = words.page(
        "unnamed",
        ref=incident.ref if incident is not None else "",
        status=words.label(f"incident.status.{now.status.value}") if now else "",
        said=now.words if now else "",
        relayed=now.relayed[-SHOWN:] if now else (),
        over=over,
        ended_why=now.ended_why if now else "",
        lessons=now.lessons if now else "",
        waiting=waiting,
    )
    label = words.label("field.concern_again" if over else "field.concern_more")
    drawn = [
        *b.sections(page["mine"]),
        b.field(Field.WORDS, label, b.typed(longest=LONGEST)),
    ]
    title, submit = words.label("modal.concern"), words.label("submit.concern")
    return modal(words, View.CONCERN_MINE, title, drawn, submit=submit, about=about)


def concern_written_view(words: Words, due: datetime) -> dict[str, Any]:
    return modal(
        words,
        View.NOTE,
        words.label("modal.concern_kept"),
        b.sections(words.page("unnamed", due=due)["written"]),
    )
