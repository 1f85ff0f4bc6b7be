"""The window in which what a request left open is answered by whoever knows."""

from __future__ import annotations

from typing import Any

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Scene
from bot.slack.screens.answers import question_of
from bot.slack.screens.form import field_of
from triage.settling import OPEN_TO_FACTS, open_questions
from triage.unanswered import asked_of_requester


def settle_view(scene: Scene) -> dict[str, Any]:
    """One field for each open question, those for the reader first; `block_id` is the question's id."""
    words = scene.words
    theirs = asked_of_requester(scene.case, scene.desk) if scene.mine else ()
    ids = [*theirs, *(id for id in open_questions(scene.case) if id not in theirs)]
    asked = [found for id in ids if (found := question_of(scene, id))]
    what = words.label(
        "card.heading", title=scene.case.title or scene.case.tool_name, ref=scene.case.ref or ""
    )
    drawn: list[b.Block | None] = [b.section(words.line("settling.intro", what=what))]
    if 0 < len(theirs) < len(asked):
        drawn.append(b.context(words.line("settling.others", count=len(theirs))))
    drawn += [field_of(scene, question, fresh=True) for question in asked]
    title = words.label("modal.settle")
    return modal(words, View.SETTLE, title, drawn, submit=words.label("button.answer"), about=scene.case.id)


def settle_button(scene: Scene) -> b.Element | None:
    """Only while something is open and facts are still taken."""
    if scene.case.status not in OPEN_TO_FACTS or not open_questions(scene.case):
        return None
    return b.button(Action.SETTLE, scene.words.label("button.settle"), to_value(Press(case=scene.case.id)))
