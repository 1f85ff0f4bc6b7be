"""What does not go together, said beside the next question, in the form, and before it is submitted."""

from __future__ import annotations

from collections.abc import Iterable

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.answers import name
from bot.words import Page
from triage.pairings import Pairing, just_said, settled_like, speaking


def beside_question(scene: Scene, asked: Message) -> Message:
    """Above what is asked next, where the last answer made something true; no message of its own."""
    found = just_said(scene.case, scene.desk)
    if not found:
        return asked
    text = Mrkdwn(f"{_page(scene, found)['line']} {asked.text}")
    return message(scene.words, text, [*_drawn(scene, found), *asked.blocks])


def before_submitting(scene: Scene) -> list[b.Block]:
    return _drawn(scene, speaking(scene.case, scene.desk))


def in_form(scene: Scene) -> b.Block | None:
    found = speaking(scene.case, scene.desk)
    return b.section(_page(scene, found)["form"]) if found else None


def against(scene: Scene) -> list[Mrkdwn]:
    """What whoever decides has to weigh: what was said to whoever asked, who went on."""
    return [scene.words.line(f"pairing.{each.id}") for each in speaking(scene.case, scene.desk)]


def _drawn(scene: Scene, found: tuple[Pairing, ...]) -> list[b.Block]:
    if not found:
        return []
    words = scene.words
    questions = dict.fromkeys(question for each in found for question in each.change)
    row = [
        b.button(
            Action.EDIT,
            words.label("button.change_answer", what=name(scene, question)),
            to_value(Press(case=scene.case.id, question=question)),
            number=number,
        )
        for number, question in enumerate(questions, 1)
        if question in scene.case.facts
    ]
    return [b.section(_page(scene, found)["line"]), *([b.actions(row)] if row else [])]


def _page(scene: Scene, found: Iterable[Pairing]) -> Page:
    found, words = tuple(found), scene.words
    return words.page(
        "pairing",
        against=[words.line(f"pairing.{each.id}") for each in found],
        instead=[words.line(f"pairing_instead.{key}") for key in dict.fromkeys(p.instead for p in found)],
        tools=words.listed(settled_like(scene.case, scene.desk)),
    )
