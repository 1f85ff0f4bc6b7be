"""The buttons into one's queue and through it; none of them names a request, for what is shown is worked out anew."""

from __future__ import annotations

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.words import Words


def queue_button(words: Words) -> b.Element:
    return step(words, Action.QUEUE)


def step(words: Words, wish: Action) -> b.Element:
    return b.button(wish, words.label(f"button.{wish.value}"), to_value(Press(case="")))
