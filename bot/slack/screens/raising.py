"""Raising a matter: what went wrong or could be better, what somebody outside wants; from a message, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.words import Words
from triage.aims.asked import ASKED

NONCONFORMITY, IDEA = "nonconformity", "improvement"
RAISED = (NONCONFORMITY, IDEA, *ASKED)


def raise_view(voice: Voice, about: str, said: str, may: Sequence[str] = RAISED) -> dict[str, Any]:
    """Which of what they may raise it is. `about` comes back with the press."""
    words = voice.words
    quoted = words.page("quoted", text=said)["of_others"] if said else ""
    drawn = [
        *([b.section(quoted)] if quoted else []),
        *(b.section(words.line(f"aims.raise.{kind}"), raise_button(words, kind, "", n))
          for n, kind in enumerate(may)),
    ]  # fmt: skip
    return modal(words, View.RAISE_ENTRY, words.label("aims.raise.title"), drawn, about=about)


def raise_button(words: Words, kind: str, source: str, number: int) -> b.Element:
    """`source`: the reference that it comes from."""
    label = words.label(f"aims.raise_it.{kind}")
    return b.button(Action.RAISE_ENTRY, label, to_value(Press(case=kind, choice=source)), number=number)
