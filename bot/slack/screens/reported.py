"""An answer that was wrong: the window in which somebody says so, and what whoever answers for the use reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack import blocks as b
from bot.slack.ids import Action, Field, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens.changed import change_button
from triage.reporting import LONGEST, may_report

SHOWN = 3
"""Of the newest that are told in full; the others count."""


def report_button(scene: Scene) -> b.Element | None:
    if not may_report(scene.case):
        return None
    label = scene.words.label("button.report_wrong")
    return b.button(Action.REPORT_WRONG, label, to_value(Press(case=scene.case.id)))


def report_view(scene: Scene) -> dict[str, Any]:
    words, case = scene.words, scene.case
    page = words.page("reported", **_facts(scene))
    hint = words.label("field.wrong_hint")
    drawn = [
        *b.sections(page["window"]),
        b.field(Field.WORDS, words.label("field.wrong"), b.typed(longest=LONGEST), hint=hint, optional=True),
    ]
    submit = words.label("submit.report_wrong")
    title = words.label("modal.report_wrong")
    return modal(words, View.REPORT_WRONG, title, drawn, submit=submit, about=case.id)


def reported(scene: Scene, facts: Mapping[str, object]) -> Message:
    """All of them in one message, which is drawn anew with each."""
    page = scene.words.page("reported", **_facts(scene))
    button = change_button(scene)
    drawn = [*b.sections(page["line"]), b.actions([button]) if button else None]
    return message(scene.words, page["line"], drawn)


def _facts(scene: Scene) -> dict[str, object]:
    case, voice = scene.case, scene.voice
    newest = [
        {"by": voice.mention(each.by), "at": each.at, "words": each.words}
        for each in reversed(case.reports[-SHOWN:])
    ]
    return {
        "title": case.title or case.tool_name,
        "ref": case.ref or "",
        "owner": voice.mention(case.owner or case.requester) if case.owner or case.requester else "",
        "count": len(case.reports),
        "newest": newest,
    }
