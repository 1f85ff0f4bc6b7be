"""What was answered elsewhere than in a person's thread, by them or by somebody else, told in the thread."""

from __future__ import annotations

from collections.abc import Mapping

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.answers import name, said
from bot.slack.screens.settling import settle_button
from bot.slack.screens.summary import verdict_facts
from triage.settling import OPEN_TO_FACTS


def settled_for_you(scene: Scene, facts: Mapping[str, object]) -> Message:
    """What was answered after it was handed in, and what follows.

    `facts`: questions, by, role where they were asked in one, over once nothing is left to answer.
    """
    said = verdict_facts(scene)
    page = scene.words.page(
        "settled_for_you",
        **said,
        waits=scene.case.status in OPEN_TO_FACTS,
        own=facts["by"] == scene.case.requester,
        over=bool(facts.get("over")),
        by=scene.voice.mention(str(facts["by"])),
        role=scene.words.line(f"role_name.{facts['role']}") if "role" in facts else "",
        answers=_answers(scene, facts),
    )
    own = settle_button(scene) if said["yours"] and not facts.get("over") else None
    return message(scene.words, page["line"], [b.section(page["line"]), b.actions([own]) if own else None])


def from_form(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: questions. What the window changed, so that the thread holds all that was said."""
    page = scene.words.page("from_form", answers=_answers(scene, facts))
    return message(scene.words, page["line"], b.sections(page["line"]))


def _answers(scene: Scene, facts: Mapping[str, object]) -> list[tuple[str, Mrkdwn]]:
    given = facts.get("questions", ())
    questions = given if isinstance(given, tuple | list) else ()
    return [(name(scene, str(q)), said(scene, str(q))) for q in questions]
