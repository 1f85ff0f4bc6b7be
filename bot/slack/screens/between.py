"""Answers to words where no question is open, at the offer and at the summary: where it stands, and how to go on."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.welcome import candidates, picks


def still_offered(scene: Scene, facts: Mapping[str, object]) -> Message:
    """Nothing was begun by these words; the same ways on as under the offer itself."""
    words, talk, value = scene.words, scene.case.talk, to_value(Press(case=scene.case.id))
    several = candidates(scene, talk)
    proposed = talk is not None and bool(talk.proposals)
    page = words.page("still_offered", which=bool(several), proposed=proposed)
    label = words.label("button.start" if proposed else "button.start_plain")
    begin = b.button(Action.START, label, value, style="primary")
    blank = b.button(Action.START_BLANK, words.label("button.start_blank"), value)
    row = picks(scene, several) if several else [begin, *([blank] if proposed else [])]
    return message(words, page["line"], [b.section(page["line"]), b.actions(row)])


def at_summary(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: about, what the words were taken for: send, edit, other."""
    words, about = scene.words, str(facts["about"])
    page = words.page("at_summary", about=about)
    submit = b.button(
        Action.SUBMIT,
        words.label("button.submit"),
        to_value(Press(case=scene.case.id)),
        style="primary" if about == "send" else "",
    )
    drawn = [b.section(page["line"]), b.actions([submit]) if about != "edit" else None]
    return message(words, page["line"], drawn)
