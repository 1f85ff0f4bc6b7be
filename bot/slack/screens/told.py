"""What somebody else did in a person's request, told in the person's own thread."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.answers import name, said
from bot.slack.screens.summary import verdict_facts


def settled_for_you(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: questions, by. What somebody else answered in a person's request, and where that leaves it."""
    given = facts.get("questions", ())
    questions = given if isinstance(given, tuple | list) else ()
    page = scene.words.page(
        "settled_for_you",
        **verdict_facts(scene),
        by=scene.voice.mention(str(facts["by"])),
        answers=[(name(scene, str(q)), said(scene, str(q))) for q in questions],
    )
    return message(scene.words, page["line"], [b.section(page["line"])])
