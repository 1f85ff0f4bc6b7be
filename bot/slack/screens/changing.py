"""Whether an answer given before is to be another one: what it says, what it would say, and one press for either."""

from __future__ import annotations

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.answers import heard_in, name, said


def changing(scene: Scene, press: Press) -> Message | None:
    """None where the turn puts a question, not a change."""
    talk, words = scene.case.talk, scene.words
    asked = next((each for each in (talk.asked if talk else ()) if each.turn == press.turn), None)
    proposal = talk.proposal(press.question) if talk else None
    if asked is None or not asked.change or proposal is None:
        return None
    read, value = said(scene, press.question, proposal.answer), to_value(press)
    page = words.page(
        "changing",
        what=name(scene, press.question),
        now=said(scene, press.question),
        read=read,
        because=heard_in(proposal, read),
    )
    row = [
        b.button(Action.USE_PROPOSAL, words.label("button.yes_change"), value, style="primary"),
        b.button(Action.KEEP, words.label("button.no_keep"), value),
        b.button(Action.EDIT, words.label("button.ask_it_anew"), value),
    ]
    return message(words, page["line"], [b.section(page["line"]), b.actions(row)])
