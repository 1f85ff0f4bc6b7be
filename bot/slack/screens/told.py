"""What was answered elsewhere than in a person's thread, by them or by somebody else, told in the thread."""

from __future__ import annotations

from collections.abc import Mapping

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.answers import name, said
from bot.slack.screens.summary import verdict_facts


def settled_for_you(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: questions, by. What somebody else answered in a person's request, and where that leaves it."""
    page = scene.words.page(
        "settled_for_you",
        **verdict_facts(scene),
        by=scene.voice.mention(str(facts["by"])),
        answers=_answers(scene, facts),
    )
    return message(scene.words, page["line"], [b.section(page["line"])])


def from_form(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: questions. What the window changed, so that the thread holds all that was said."""
    page = scene.words.page("from_form", answers=_answers(scene, facts))
    return message(scene.words, page["line"], b.sections(page["line"]))


def _answers(scene: Scene, facts: Mapping[str, object]) -> list[tuple[str, Mrkdwn]]:
    given = facts.get("questions", ())
    questions = given if isinstance(given, tuple | list) else ()
    return [(name(scene, str(q)), said(scene, str(q))) for q in questions]
