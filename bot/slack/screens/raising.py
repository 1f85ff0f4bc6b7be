"""Raising a matter: what went against a rule, or what could be done better, from a message, an incident or nothing."""

from __future__ import annotations

from typing import Any

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.words import Words

RAISED = ("nonconformity", "improvement")


def raise_view(voice: Voice, about: str, said: str) -> dict[str, Any]:
    """For who may do both: which of them it is. `about` comes back with the press."""
    words = voice.words
    quoted = words.page("quoted", text=said)["of_others"] if said else ""
    drawn = [
        *([b.section(quoted)] if quoted else []),
        *(b.section(words.line(f"aims.raise.{kind}"), raise_button(words, kind, "", n))
          for n, kind in enumerate(RAISED)),
    ]  # fmt: skip
    return modal(words, View.RAISE_ENTRY, words.label("aims.raise.title"), drawn, about=about)


def raise_button(words: Words, kind: str, source: str, number: int) -> b.Element:
    """`source`: the reference that it comes from."""
    label = words.label(f"aims.raise_it.{kind}")
    return b.button(Action.RAISE_ENTRY, label, to_value(Press(case=kind, choice=source)), number=number)
