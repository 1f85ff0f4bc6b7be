"""One's own queue, one request at a time: short enough for a phone, and what is decided is decided right there."""

from __future__ import annotations

from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, View
from bot.slack.message import modal
from bot.slack.scene import Scene
from bot.slack.screens.beside import jointly_row
from bot.slack.screens.card import deciding_row, parts, told_on_card
from bot.slack.screens.stepping import step
from bot.slack.sitting import Sitting, Stand, to_text
from bot.words import Words

LEFT_OUT = ("uses",)
"""What a phone has no room for, and the card has."""


def queue_view(scene: Scene, shown: Stand, sitting: Sitting, told: Mrkdwn) -> dict[str, Any]:
    """`told`: what came of the last press."""
    words, page, case = scene.words, told_on_card(scene), scene.case
    late = case.due_at is not None and case.due_at < scene.desk.now
    place = words.page("queue", number=shown.number, count=shown.many, due=case.due_at, late=late)["place"]
    drawn = [b.section(told) if told else None, b.section(place), *parts(scene, page, without=LEFT_OUT)]
    if row := deciding_row(scene):
        drawn.append(b.actions(row))
    drawn += jointly_row(scene)
    if shown.many > 1:
        drawn.append(b.actions([step(words, wish) for wish in (Action.QUEUE_NEXT, Action.QUEUE_LATER)]))
    here = sitting._replace(case=case.id, version=case.version, place=shown.number - 1)
    return modal(words, View.QUEUE, words.label("modal.queue"), drawn, about=to_text(here))


def queue_empty(words: Words, told: Mrkdwn, besides: int = 0) -> dict[str, Any]:
    """`besides`: so much waits on Home for something else than a decision."""
    drawn = [b.section(told) if told else None, b.section(words.line("queue.empty"))]
    if besides:
        drawn.append(b.section(words.line("queue.besides", count=besides)))
    return modal(words, View.QUEUE, words.label("modal.queue"), drawn)


def within_queue(words: Words, view: dict[str, Any], sitting: Sitting) -> dict[str, Any]:
    """A window of a decision in the place of the queue, with the way back."""
    about = view["private_metadata"].partition("\n")[0]
    rest = to_text(sitting).partition("\n")[2]
    back = b.actions([step(words, Action.QUEUE_BACK)])
    return view | {"blocks": [*view["blocks"], back], "private_metadata": f"{about}\n{rest}"}
