"""An answer that was wrong: the window in which somebody says so, and what whoever answers for the use reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.markup import cut, one_line
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens.changed import change_button
from triage.case import Case
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
    drawn = [*b.sections(page["window"]), _what(scene)]
    submit = words.label("submit.report_wrong")
    title = words.label("modal.report_wrong")
    return modal(words, View.REPORT_WRONG, title, drawn, submit=submit, about=case.id)


def which_wrong_view(scene: Scene, uses: Sequence[Case]) -> dict[str, Any]:
    """A message named a tool that is used for several things."""
    words = scene.words
    options = [b.option(_called(case), case.id) for case in uses]
    page = words.page("reported", **_facts(scene))
    drawn = [
        *b.sections(page["which"]),
        b.field(
            Field.USE,
            words.label("field.wrong_use"),
            b.select(Input.VALUE, words.label("placeholder.use"), options),
        ),
        _what(scene),
    ]
    submit, title = words.label("submit.report_wrong"), words.label("modal.report_wrong")
    return modal(words, View.REPORT_WRONG, title, drawn, submit=submit)


def _called(case: Case) -> str:
    return " ".join(filter(None, (case.ref, cut(one_line(case.title or case.tool_name), 55))))


def _what(scene: Scene) -> b.Block:
    words = scene.words
    hint = words.label("field.wrong_hint")
    return b.field(
        Field.WORDS, words.label("field.wrong"), b.typed(longest=LONGEST), hint=hint, optional=True
    )


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
