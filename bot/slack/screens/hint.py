"""A quiet word to somebody who names a tool that nobody registered; nobody else sees it."""

from __future__ import annotations

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Voice
from intake.tool import Tool


def hint(voice: Voice, tool: Tool) -> Message:
    words, value = voice.words, to_value(Press(case="", choice=tool.id))
    text = words.page("hint", tool=tool.name)["line"]
    row = [
        b.button(Action.HINT_ASK, words.label("button.hint_ask"), value, style="primary"),
        b.button(Action.HINT_AWAY, words.label("button.hint_away"), value),
    ]
    return message(words, text, [*b.sections(text), b.actions(row)])
