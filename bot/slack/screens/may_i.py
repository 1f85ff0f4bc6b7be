"""The window in which somebody asks whether they may use something, and what it then says."""

from __future__ import annotations

from typing import Any

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import View
from bot.slack.message import Message, modal
from bot.words import Words

LONGEST = 300


def may_i_view(words: Words) -> dict[str, Any]:
    hint = words.label("field.may_i_hint")
    drawn = [
        b.field(Field.WORDS, words.label("field.may_i"), b.typed(longest=LONGEST, lines=False), hint=hint)
    ]
    submit = words.label("submit.may_i")
    return modal(words, View.HOME_ASK, words.label("modal.may_i"), drawn, submit=submit)


def may_i_told(words: Words, told: Message) -> dict[str, Any]:
    return modal(words, View.NOTE, words.label("modal.may_i"), told.blocks)
