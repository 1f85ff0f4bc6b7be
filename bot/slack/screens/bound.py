"""A condition in words, with the day by which it has to be met and what follows if it is not."""

from __future__ import annotations

from bot.words import Words
from triage.steps import Term


def bound_text(words: Words, text: str, term: Term) -> str:
    if term.due is None:
        return text
    key = f"due_{term.otherwise}" if term.otherwise else "due"
    return words.label(f"condition_state.{key}", text=text, day=words.day(term.due))
